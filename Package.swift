// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// Third-party products, by the name the targets below use.
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// An adapter module: sees AdapterKit and nothing else of the house.
func plugin(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: ["AdapterKit"] + dependencies, path: "Plugins/\(name)", exclude: ["README.md"],
        sources: ["Sources"], swiftSettings: settings)
}

func test(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

let package = Package(
    name: "comfile-hub",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "comfile", targets: ["comfile"]),
        .library(name: "AdapterKit", targets: ["AdapterKit"]),
        .library(name: "AdapterTesting", targets: ["AdapterTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "AdapterKit", swiftSettings: settings),
        .target(name: "AdapterTesting", dependencies: ["AdapterKit"], swiftSettings: settings),
        .target(name: "HubStore", dependencies: ["AdapterKit", crypto, grdb, sqlite], swiftSettings: settings),
        .target(
            name: "HubCore",
            dependencies: [
                "AdapterKit", "HubStore", crypto, cryptoExtras, lifecycle, logging, metrics, coreMetrics, yams,
            ],
            swiftSettings: settings),
        .target(
            name: "HubServer",
            dependencies: [
                "AdapterKit", "HubStore", "HubCore", asyncHTTPClient, httpTypes, hummingbird, hummingbirdCore,
                lifecycle, logging, metrics, mustache, nioCore, nioHTTP1, nioPosix,
            ], resources: [.embedInCode("Pages/Templates"), .embedInCode("Pages/Assets")], swiftSettings: settings),
        .target(
            name: "HubSandbox",
            dependencies: [
                asyncHTTPClient, crypto, cryptoExtras, httpTypes, hummingbird, hummingbirdCore, lifecycle, logging,
                nioCore, nioHTTP1,
            ],
            resources: [.embedInCode("WhatsApp/Phone/Page"), .embedInCode("WhatsApp/Samples")],
            swiftSettings: settings),
        plugin("WhatsAppCloud", [crypto]),
        plugin("Webhook", [crypto]),
        plugin("OpenIDConnect"),
        plugin("Google", [crypto]),
        plugin("Apple", [crypto]),
        plugin("Facebook", [crypto]),
        plugin("Shopify", [crypto]),
        test("AdapterKitTests", ["AdapterKit", "AdapterTesting"]),
        test("HubStoreTests", ["AdapterKit", "HubStore", crypto, grdb]),
        test("ConfigurationTests", ["AdapterKit", "HubStore", "HubCore"], path: "Tests/HubCoreTests/Configuration"),
        test(
            "TelemetryTests", ["AdapterKit", "HubCore", logging, metrics, coreMetrics],
            path: "Tests/HubCoreTests/Telemetry"),
        test(
            "HubCoreTests", ["AdapterKit", "AdapterTesting", "HubStore", "HubCore", crypto, logging],
            path: "Tests/HubCoreTests/Core"),
        test(
            "IdentityTests",
            ["AdapterKit", "AdapterTesting", "HubStore", "HubCore", crypto, cryptoExtras, logging],
            path: "Tests/HubCoreTests/Identity"),
        test(
            "OutgoingTests", ["AdapterKit", "HubServer", nioCore, nioPosix, logging, hummingbird],
            path: "Tests/HubServerTests/Outgoing"),
        test(
            "HubServerTests",
            [
                "AdapterKit", "HubStore", "HubCore", "HubServer", hummingbird, asyncHTTPClient, nioCore, logging,
                lifecycle,
            ], path: "Tests/HubServerTests/Edge"),
        test(
            "HubSandboxTests",
            [
                "HubSandbox", asyncHTTPClient, crypto, cryptoExtras, httpTypes, hummingbird, lifecycle, logging,
                nioCore, nioHTTP1,
            ]),
        test("WhatsAppCloudTests", ["AdapterKit", "AdapterTesting", "WhatsAppCloud", crypto]),
        test("WebhookTests", ["AdapterKit", "AdapterTesting", "Webhook", crypto]),
        test("OpenIDConnectTests", ["AdapterKit", "AdapterTesting", "OpenIDConnect"]),
        test("GoogleTests", ["AdapterKit", "AdapterTesting", "Google", crypto]),
        test("AppleTests", ["AdapterKit", "AdapterTesting", "Apple", crypto]),
        test("FacebookTests", ["AdapterKit", "AdapterTesting", "Facebook", crypto]),
        test("ShopifyTests", ["AdapterKit", "AdapterTesting", "Shopify", crypto]),
        .executableTarget(
            name: "comfile",
            dependencies: [
                "AdapterKit", "HubStore", "HubCore", "HubServer", "HubSandbox", "WhatsAppCloud", "Webhook",
                "OpenIDConnect", "Google", "Apple", "Facebook", "Shopify", argumentParser, asyncHTTPClient,
                crypto, httpTypes, hummingbird, lifecycle, logging, metrics, coreMetrics, nioCore, nioHTTP1, nioPosix,
                unixSignals,
            ], resources: [.embedInCode("Demo/tenants.yaml"), .embedInCode("Demo/Page")], swiftSettings: settings),
    ]
)
