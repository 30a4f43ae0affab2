public import Hummingbird

/// What travels with a request at the edge.
public struct EdgeContext: RequestContext {
    public var coreContext: CoreRequestContextStorage

    public init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
}
