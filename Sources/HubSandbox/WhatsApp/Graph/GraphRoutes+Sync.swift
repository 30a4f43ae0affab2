/// `POST /{phone_number_id}/smb_app_data`.
extension GraphRoutes {
    func addSync(to graph: GraphRouter) {
        graph.post(":id/smb_app_data") { call in
            let number = try await managed(call)
            try call.requireProduct()
            let type = try call.requiredText("sync_type")
            guard let sync = AppSync(rawValue: type) else {
                let known = AppSync.allCases.map(\.rawValue).joined(separator: ", ")
                throw GraphError.invalid("Param sync_type must be one of {\(known)}.")
            }
            return try await cloud.startSync(sync, of: number)
        }
    }
}
