import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct DriveFileTests {
    @Test func `a file is made, read, changed, moved and removed`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let folder = try await drive.create(["name": "Archive", "mimeType": JSON(DriveFile.folderType)])
            let file = try await drive.create(["name": "a.txt", "appProperties": ["message": "m1", "x": "y"]])
            let id = try #require(file["id"]?.text)
            let folderID = try #require(folder["id"]?.text)
            #expect(file["parents"]?.elements?.count == 1)
            let moved = try await drive.call(
                "PATCH",
                "/drive/v3/files/\(id)?addParents=\(folderID)&removeParents=root&fields=name,parents,appProperties",
                json: ["name": "b.txt", "appProperties": ["x": .null]])
            #expect(
                moved.json == [
                    "name": "b.txt", "parents": [JSON(folderID)], "appProperties": ["message": "m1"],
                ])
            let direct = try await drive.call("PATCH", "/drive/v3/files/\(id)", json: ["parents": [JSON(folderID)]])
            #expect(direct.json["error"]?["errors"]?.elements?.first?["reason"] == "fieldNotWritable")
            #expect(try await drive.call("DELETE", "/drive/v3/files/\(folderID)").status == 204)
            #expect(try await drive.call("GET", "/drive/v3/files/\(id)").status == 404)
        }
    }

    @Test func `an app sees what it made itself, unless its scope is wider`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let made = try await sandbox.call(
                .post, "/_sandbox/drive/files", ["person": "ada", "name": "private.txt", "text": "x"])
            let id = try #require(made.json["id"]?.text)
            let hidden = try await drive.call("GET", "/drive/v3/files/\(id)")
            #expect(hidden.status == 404)
            #expect(hidden.json["error"]?["errors"]?.elements?.first?["reason"] == "notFound")
            #expect(try await drive.list("trashed = false").isEmpty)
            let wide = try await DriveVisit(sandbox, scope: GoogleScopes.driveReadonly)
            #expect(try await wide.list("trashed = false") == ["private.txt"])
            #expect(try await wide.call("POST", "/drive/v3/files", json: .object([])).status == 403)
            let other = try await DriveVisit(sandbox, scope: GoogleScopes.drive, person: "alan")
            #expect(try await other.list("trashed = false").isEmpty)
        }
    }

    @Test func `a token must be alive and open Drive`() async throws {
        try await withSandbox { sandbox in
            let none = try await sandbox.page(.get, "/google/drive/v3/files")
            #expect(none.status == 401)
            let signIn = try await GoogleVisit(sandbox: sandbox).tokens()
            let token = try #require(signIn["access_token"]?.text)
            let closed = try await sandbox.call(.get, "/google/drive/v3/files", token: token)
            #expect(closed.status == 403)
            let drive = try await DriveVisit(sandbox)
            try await sandbox.advance(milliseconds: 3_599_000)
            let late = try await drive.call("GET", "/drive/v3/files")
            #expect(late.status == 401)
            #expect(late.json["error"]?["errors"]?.elements?.first?["reason"] == "authError")
        }
    }

    @Test func `an id that was given in advance makes a file once`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let ids = try await drive.call("GET", "/drive/v3/files/generateIds?count=2").json["ids"]?.elements
            let id = try #require(ids?.first)
            #expect(try await drive.create(["id": id])["id"] == id)
            let again = try await drive.call("POST", "/drive/v3/files", json: ["id": id])
            #expect(again.status == 409)
            #expect(again.json["error"]?["errors"]?.elements?.first?["reason"] == "fileIdInUse")
            #expect(try await drive.call("POST", "/drive/v3/files", json: ["id": "mine"]).status == 400)
        }
    }

    @Test func `a list understands the language of queries`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let folder = try await drive.create(["name": "Folder", "mimeType": JSON(DriveFile.folderType)])
            let id = try #require(folder["id"])
            _ = try await drive.create(["name": "O'Hara \\ invoice", "parents": [id], "appProperties": ["k": "v'1"]])
            let photo = try await drive.create(["name": "photo", "mimeType": "image/png"])
            #expect(try await drive.list(#"name = 'O\'Hara \\ invoice'"#) == ["O'Hara \\ invoice"])
            #expect(try await drive.list("name contains 'inv'") == ["O'Hara \\ invoice"])
            #expect(try await drive.list("name contains 'nvoice'").isEmpty)
            #expect(try await drive.list("'\(id.text ?? "")' in parents") == ["O'Hara \\ invoice"])
            #expect(try await drive.list("'root' in parents") == ["Folder", "photo"])
            #expect(try await drive.list("mimeType contains 'image/' and trashed = false") == ["photo"])
            #expect(try await drive.list(#"appProperties has { key='k' and value='v\'1' }"#).count == 1)
            #expect(try await drive.list("not (name = 'photo' or name = 'Folder')").count == 1)
            #expect(try await drive.list("modifiedTime > '2020-01-01T00:00:00'").count == 3)
            _ = try await drive.call("PATCH", "/drive/v3/files/\(photo["id"]?.text ?? "")", json: ["trashed": true])
            #expect(try await drive.list("trashed = true") == ["photo"])
            for wrong in ["name =", "name = 'a", "size > 3", "name = 'a' name = 'b'", "(trashed = true"] {
                let query = FormFields([.init(name: "q", value: wrong)]).encoded
                #expect(try await drive.call("GET", "/drive/v3/files?\(query)").status == 400, "\(wrong)")
            }
        }
    }

    @Test func `a list comes in pages and in parts`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            for index in 0..<5 { _ = try await drive.create(["name": JSON("file \(index)")]) }
            var names: [String] = []
            var token: String?
            repeat {
                let page = try await drive.call(
                    "GET",
                    "/drive/v3/files?pageSize=2&orderBy=name%20desc&fields=nextPageToken,files(name,owners/emailAddress)"
                        + (token.map { "&pageToken=\($0)" } ?? "")
                ).json
                names += page["files"]?.elements?.compactMap { $0["name"]?.text } ?? []
                #expect(page["files"]?.elements?.first?["owners"] == [["emailAddress": "ada@acme.example"]])
                #expect(page["files"]?.elements?.first?["id"] == nil)
                token = page["nextPageToken"]?.text
            } while token != nil
            #expect(names == (0..<5).reversed().map { "file \($0)" })
            #expect(try await drive.call("GET", "/drive/v3/files?fields=files(").status == 400)
        }
    }

    @Test func `a download is whole or a range, and documents are exported`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let made = try await drive.call(
                "POST", "/upload/drive/v3/files?uploadType=media&fields=id,size,md5Checksum,mimeType",
                body: Array("0123456789".utf8), headers: ["content-type": "text/plain"])
            #expect(made.json["size"] == "10")
            #expect(made.json["md5Checksum"] == "781e5e245d69b566979b86e28d23f2c7")
            let path = "/drive/v3/files/\(made.json["id"]?.text ?? "")"
            let whole = try await drive.call("GET", "\(path)?alt=media")
            #expect(whole.text == "0123456789")
            #expect(whole.headers["content-type"] == "text/plain")
            let part = try await drive.call("GET", "\(path)?alt=media", headers: ["range": "bytes=2-4"])
            #expect(part.status == 206)
            #expect(part.text == "234")
            #expect(part.headers["content-range"] == "bytes 2-4/10")
            #expect(try await drive.call("GET", "\(path)?alt=media", headers: ["range": "bytes=10-"]).status == 416)
            #expect(try await drive.call("GET", "\(path)/export?mimeType=text/plain").status == 403)
            let document = try await drive.call(
                "POST", "/upload/drive/v3/files?uploadType=multipart",
                body: Array(
                    "--b\r\nContent-Type: application/json\r\n\r\n{\"mimeType\":\"\(DriveFile.documentType)\"}\r\n--b\r\n"
                        .utf8) + Array("Content-Type: text/plain\r\n\r\nHello\r\n--not\r\n--b--\r\n".utf8),
                headers: ["content-type": "multipart/related; boundary=b"])
            let id = try #require(document.json["id"]?.text, "\(document.text)")
            let text = try await drive.call("GET", "/drive/v3/files/\(id)/export?mimeType=text/plain")
            #expect(text.bytes == [0xEF, 0xBB, 0xBF] + Array("Hello\r\n--not".utf8))
            #expect(try await drive.call("GET", "/drive/v3/files/\(id)?alt=media").status == 403)
        }
    }

    @Test func `changes tell what was made, changed and removed since a token`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let before = try await drive.create(["name": "before"])
            let start = try await drive.call("GET", "/drive/v3/changes/startPageToken").json["startPageToken"]?.text
            let made = try await drive.create(["name": "made"])
            _ = try await drive.call(
                "PATCH", "/drive/v3/files/\(made["id"]?.text ?? "")", json: ["name": "renamed"])
            _ = try await drive.call("DELETE", "/drive/v3/files/\(before["id"]?.text ?? "")")
            _ = try await sandbox.call(.post, "/_sandbox/drive/files", ["person": "ada", "name": "unseen"])
            func changes(_ token: String, _ size: Int) async throws -> JSON {
                try await drive.call("GET", "/drive/v3/changes?pageToken=\(token)&pageSize=\(size)").json
            }
            let first = try await changes(try #require(start), 1)
            #expect(first["newStartPageToken"] == nil)
            #expect(first["changes"]?.elements?.first?["file"]?["name"] == "renamed")
            let second = try await changes(try #require(first["nextPageToken"]?.text), 1)
            #expect(second["changes"]?.elements?.first?["removed"] == true)
            #expect(second["changes"]?.elements?.first?["fileId"] == before["id"])
            let next = try #require(second["newStartPageToken"]?.text)
            #expect(try await changes(next, 10)["changes"] == [])
            #expect(try await drive.call("GET", "/drive/v3/changes?pageToken=bork").status == 400)
            #expect(try await drive.call("GET", "/drive/v3/changes").status == 400)
        }
    }

    @Test func `about says whose Drive it is`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let about = try await drive.call("GET", "/drive/v3/about?fields=user/emailAddress,storageQuota(usage)")
            #expect(about.json == ["user": ["emailAddress": "ada@acme.example"], "storageQuota": ["usage": "0"]])
            #expect(try await drive.call("GET", "/drive/v3/about").status == 400)
        }
    }
}
