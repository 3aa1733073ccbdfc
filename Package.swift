// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The business areas compiled into an installation: name of the target and the siblings that its manifest requires.
let plugins: [(name: String, requires: [String])] = [
    (name: "Directory", requires: []),
    (name: "Sales", requires: ["Directory"]),
]

/// A library; one with messages carries them in its code, one text per language.
func library(_ name: String, _ dependencies: [String], path: String? = nil, messages: Bool = false) -> Target
{
    .target(
        name: name,
        dependencies: dependencies.map { .byName(name: $0) },
        path: path,
        resources: messages ? [.embedInCode("Messages/en.json"), .embedInCode("Messages/it.json")] : [],
        swiftSettings: strict)
}

func cLibrary(_ name: String, _ pkgConfig: String? = nil, apt: String? = nil) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: apt.map { [.apt([$0])] })
}

func tests(_ name: String, _ dependencies: [String], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies.map { .byName(name: $0) },
        exclude: exclude,
        swiftSettings: strict)
}

let pluginNames = plugins.map(\.name)

let package = Package(
    name: "stratikey",
    products: [.executable(name: "platform", targets: ["platform"])],
    targets: [
        cLibrary("CLinux"),
        cLibrary("CLibpq", "libpq", apt: "libpq-dev"),
        cLibrary("COpenSSL", "libcrypto", apt: "libssl-dev"),
        cLibrary("CArgon2", "libargon2", apt: "libargon2-dev"),
        cLibrary("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        cLibrary("CXlsxWriter", "xlsxwriter", apt: "libxlsxwriter-dev"),
        cLibrary("CPango", "pangocairo", apt: "libpango1.0-dev"),
        cLibrary("CZlib", "zlib", apt: "zlib1g-dev"),
        cLibrary("CQREncode", "libqrencode", apt: "libqrencode-dev"),
        library("Wire", ["CLinux"]),
        library("Loop", ["CLinux"]),
        library("Crypto", ["Wire", "COpenSSL", "CArgon2"]),
        library("Postgres", ["Wire", "Loop", "CLinux", "CLibpq"]),
        library("HTTP", ["Wire", "Loop", "CLinux", "CZlib"]),
        library("Mail", ["Wire", "CCurl", "CLinux"]),
        library("Tabular", ["Wire", "CLinux", "CXlsxWriter", "CPango"]),
        library(
            "Kernel", ["Wire", "Loop", "Crypto", "Postgres", "HTTP", "Mail", "Tabular", "CLinux"],
            messages: true),
        library(
            "Tenancy", ["Kernel", "Wire", "Loop", "Crypto", "Mail", "Postgres", "CQREncode"], messages: true),
        library("Billing", ["Kernel", "Tenancy", "Wire", "Postgres"], messages: true),
    ]
        + plugins.map {
            library(
                $0.name, ["Kernel", "Tenancy", "Wire", "Postgres"] + $0.requires,
                path: "Sources/Plugins/\($0.name)",
                messages: true)
        } + [
            library(
                "Installation",
                [
                    "Kernel", "Tenancy", "Billing", "Wire", "Loop", "Crypto", "Postgres", "HTTP", "Mail",
                    "Tabular", "CLinux",
                ]
                    + pluginNames),
            .executableTarget(name: "platform", dependencies: ["Installation"], swiftSettings: strict),
            .executableTarget(
                name: "workload", dependencies: ["Installation", "Kernel", "Postgres"],
                path: "bench/workload",
                swiftSettings: strict),
            library(
                "TestKit",
                [
                    "Installation", "Kernel", "Tenancy", "Wire", "Loop", "Crypto", "Postgres", "HTTP", "Mail",
                    "CLinux",
                ]),
            tests("Wire", ["Wire"]),
            tests("Loop", ["Loop", "CLinux"]),
            tests("Crypto", ["Crypto", "Wire"]),
            tests("Postgres", ["Postgres", "Loop", "Wire", "TestKit"]),
            tests("HTTP", ["HTTP", "Loop", "Wire", "TestKit", "CLinux"]),
            tests("Mail", ["Mail", "Wire", "TestKit"]),
            tests("Tabular", ["Tabular", "Wire"]),
            tests("Kernel", ["Kernel", "TestKit", "Wire", "Postgres", "HTTP", "Loop", "Tabular"]),
            tests("Tenancy", ["Tenancy", "Kernel", "TestKit", "Wire", "Postgres", "Crypto", "Loop"]),
            tests("Directory", ["Directory", "Kernel", "TestKit", "Wire"]),
            tests("Sales", ["Sales", "Directory", "Kernel", "TestKit", "Postgres", "Wire"]),
            tests(
                "Schema", ["TestKit", "Installation", "Postgres", "Kernel", "Wire"],
                exclude: ["Rules", "Violations"]),
            tests(
                "Isolation", ["TestKit", "Installation", "Kernel", "Postgres", "Wire"], exclude: ["Golden"]),
            tests("Architecture", ["TestKit"]),
            .testTarget(
                name: "GuideTests",
                dependencies: ["Installation", "TestKit", "Kernel", "Postgres", "Wire"],
                exclude: ["Inspections/migrations"],
                resources: [
                    .embedInCode("Inspections/Messages/en.json"),
                    .embedInCode("Inspections/Messages/it.json"),
                ],
                swiftSettings: strict),
            tests("Installation", ["Installation", "TestKit", "Kernel", "Wire", "Postgres"]),
            tests("Chaos", ["TestKit", "Kernel", "Loop", "Postgres", "Wire"], exclude: ["steady_client.py"]),
        ]
)
