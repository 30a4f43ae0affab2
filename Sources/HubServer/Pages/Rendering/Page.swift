import HTTPTypes
import HubCore
import Hummingbird
import NIOCore

/// One page, before it is put into the frame that all pages share.
struct Page {
    /// A template of ``PageTemplates``.
    let template: String
    let title: String
    var status: HTTPResponse.Status = .ok
    var content: PageContent
    /// What just happened, for whoever comes here from a form.
    var notice: Notice?
    /// Where its forms may lead beyond the hub itself: browsers follow their redirects only to these.
    var formTargets: Set<String> = []
    /// The tenant's sign-in buttons need their colours.
    var hasButtons = false
}

/// What all pages have around what is their own.
struct PageFrame {
    let origin: PublicOrigin?
    var tenant: (id: String, name: String)?
    /// The token that goes into every form of the page.
    var formToken: String?
    /// The ways through the account, for somebody who is signed in.
    var navigation: [Link] = []
    /// The name of whoever is signed in.
    var person: String?

    struct Link {
        let title: String
        let path: String
        let isCurrent: Bool
    }

    func response(_ page: Page) -> Response {
        var content = page.content
        content.set("title", .text(page.title))
        content.set("isInsecure", .flag(!(origin?.isSecure ?? true)))
        content.set("tenantID", .text(tenant?.id))
        content.set("tenantName", .text(tenant?.name))
        content.set("formToken", .text(formToken))
        content.set("person", .text(person))
        content.set("hasNavigation", .flag(!navigation.isEmpty))
        content.set(
            "navigation",
            .list(
                navigation.map { ["title": .text($0.title), "path": .text($0.path), "isCurrent": .flag($0.isCurrent)] })
        )
        content.set("buttonStyles", .text(page.hasButtons ? tenant.map { "/auth/\($0.id)/buttons.css" } : nil))
        content.set(
            "notice", .group(page.notice.map { ["text": .text($0.text), "isProblem": .flag($0.isProblem)] }))
        let html = PageTemplates.page(content, with: page.template)
        return Response(
            status: page.status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: Self.policy(page.formTargets),
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// Styles and pictures of our own, no script at all, and forms that end here or where they say.
    private static func policy(_ formTargets: Set<String>) -> String {
        let targets = formTargets.sorted().map { " \($0)" }.joined()
        return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'\(targets); "
            + "frame-ancestors 'none'"
    }
}
