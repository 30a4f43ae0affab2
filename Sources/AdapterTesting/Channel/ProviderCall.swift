import AdapterKit

/// One call of a capability, with good arguments.
struct ProviderCall<Channel: ChannelAdapter>: Sendable {
    /// What the report calls it.
    let name: String
    let run: @Sendable (Channel) async throws(ProviderFailure) -> Void
}

extension ChannelConformance {
    /// Every call of the capabilities that the channel has and the kit has samples for.
    var providerCalls: [ProviderCall<Channel>] {
        mediaCalls + templateCalls + personCalls + probeCalls + operationCalls
    }

    private var mediaCalls: [ProviderCall<Channel>] {
        guard Channel.self is any MediaChannel.Type, let media = samples.media else { return [] }
        return [
            ProviderCall(name: "a fetch of media") { channel async throws(ProviderFailure) in
                _ = try await (channel as? any MediaChannel)?.fetch(media.reference, into: MemorySink())
            },
            ProviderCall(name: "an upload of media") { channel async throws(ProviderFailure) in
                let source = MemorySource(Self.uploadBytes(media.upload))
                _ = try await (channel as? any MediaChannel)?.upload(media.upload, from: source)
            },
        ]
    }

    /// Bytes of the upload's size that are no text and no other file.
    static func uploadBytes(_ upload: MediaUpload) -> [UInt8] {
        (0..<upload.size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    private var templateCalls: [ProviderCall<Channel>] {
        guard Channel.self is any TemplateChannel.Type, let sample = samples.templates else { return [] }
        return [
            ProviderCall(name: "a list of templates") { channel async throws(ProviderFailure) in
                _ = try await (channel as? any TemplateChannel)?.templates(after: nil)
            },
            ProviderCall(name: "a new template") { channel async throws(ProviderFailure) in
                _ = try await (channel as? any TemplateChannel)?.create(sample.definition)
            },
            ProviderCall(name: "a change of a template") { channel async throws(ProviderFailure) in
                try await (channel as? any TemplateChannel)?.edit(sample.template, sample.definition)
            },
            ProviderCall(name: "a template's end") { channel async throws(ProviderFailure) in
                try await (channel as? any TemplateChannel)?.delete(sample.template)
            },
        ]
    }

    private var personCalls: [ProviderCall<Channel>] {
        var calls: [ProviderCall<Channel>] = []
        let id = sending.providerID
        let person = sending.message.recipient
        if Channel.self is any ReadMarks.Type {
            for isTyping in [false, true] {
                calls.append(
                    ProviderCall(name: isTyping ? "a read mark with typing" : "a read mark") {
                        channel async throws(ProviderFailure) in
                        try await (channel as? any ReadMarks)?.markRead(id, isTyping: isTyping)
                    })
            }
        }
        if Channel.self is any Blocking.Type {
            for isBlocked in [true, false] {
                calls.append(
                    ProviderCall(name: isBlocked ? "a block" : "a block's end") {
                        channel async throws(ProviderFailure) in
                        try await (channel as? any Blocking)?.setBlocked(isBlocked, person)
                    })
            }
        }
        return calls
    }

    private var probeCalls: [ProviderCall<Channel>] {
        guard Channel.self is any HealthProbe.Type else { return [] }
        return [
            ProviderCall(name: "a probe") { channel async throws(ProviderFailure) in
                _ = try await (channel as? any HealthProbe)?.probe()
            }
        ]
    }

    private var operationCalls: [ProviderCall<Channel>] {
        guard let operations = (Channel.self as? any ChannelOperations.Type)?.operations else { return [] }
        return operations.map { operation in
            let parameters = SampleParameters(operation.parameters).all
            return ProviderCall(name: "the operation \(operation.name)") { channel async throws(ProviderFailure) in
                _ = try await (channel as? any ChannelOperations)?.perform(operation.name, parameters)
            }
        }
    }
}
