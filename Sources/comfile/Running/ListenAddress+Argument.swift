public import ArgumentParser
public import HubCore

/// `HOST:PORT` on the command line, read as in tenants.yaml.
extension ListenAddress: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
