// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 mode, strict memory safety, no warning left standing.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Tests keep the language rules; they read files and corpora freely.
let testing: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "penstock",
    products: [
        .library(name: "Penstock", targets: ["Penstock"]),
        .executable(name: "penstock", targets: ["PenstockTool"]),
    ],
    targets: [
        // Kernels and system libraries.
        .target(name: "CPenstockKernels"),
        .target(name: "CTurboJPEG", dependencies: ["CPenstockKernels"], linkerSettings: [.linkedLibrary("jpeg")]),
        .target(name: "CFFmpeg", dependencies: ["FFmpegLibraries"]),
        .systemLibrary(
            name: "FFmpegLibraries",
            pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [
                .apt(["libavformat-dev", "libavcodec-dev", "libavfilter-dev", "libswscale-dev", "libavutil-dev"])
            ]
        ),
        .systemLibrary(name: "Libdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "Libwebp", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
        .target(name: "COpenVINO"),
        .target(name: "CTensorFlow"),
        .target(name: "CONNXRuntime"),

        // The library, lowest floor first.
        .target(name: "PenstockCore", dependencies: ["CPenstockKernels"], swiftSettings: strict),
        .target(name: "PenstockFlow", dependencies: ["PenstockCore"], swiftSettings: strict),
        .target(
            name: "PenstockImages",
            dependencies: ["PenstockCore", "CPenstockKernels", "CTurboJPEG", "CFFmpeg", "Libdeflate", "Libwebp"],
            swiftSettings: strict
        ),
        .target(
            name: "PenstockVideo",
            dependencies: ["PenstockCore", "PenstockFlow", "PenstockImages", "CPenstockKernels", "CFFmpeg"],
            swiftSettings: strict
        ),
        .target(
            name: "PenstockInference",
            dependencies: ["PenstockCore", "PenstockFlow", "COpenVINO", "CTensorFlow", "CONNXRuntime"],
            swiftSettings: strict
        ),
        .target(
            name: "Penstock",
            dependencies: ["PenstockCore", "PenstockFlow", "PenstockImages", "PenstockVideo", "PenstockInference"],
            swiftSettings: strict
        ),

        // The command line.
        .target(
            name: "PenstockCommands",
            dependencies: [
                "Penstock", "PenstockCore", "PenstockFlow", "PenstockImages", "PenstockVideo", "PenstockInference",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "PenstockTool",
            dependencies: ["PenstockCommands", "PenstockInference"],
            swiftSettings: strict
        ),

        // Tests, a target beside each, and the clips that they share.
        .target(name: "TestClips", path: "Tests/TestClips", swiftSettings: testing),
        .testTarget(
            name: "PenstockCoreTests",
            dependencies: ["PenstockCore", "CPenstockKernels"],
            resources: [.copy("Fixtures")],
            swiftSettings: testing
        ),
        .testTarget(name: "PenstockFlowTests", dependencies: ["PenstockFlow"], swiftSettings: testing),
        .testTarget(
            name: "PenstockImagesTests",
            dependencies: ["PenstockImages"],
            resources: [.copy("Fixtures")],
            swiftSettings: testing
        ),
        .testTarget(
            name: "PenstockVideoTests",
            dependencies: ["PenstockVideo", "TestClips"],
            swiftSettings: testing
        ),
        .testTarget(
            name: "PenstockInferenceTests",
            dependencies: ["PenstockInference"],
            resources: [.copy("Fixtures")],
            swiftSettings: testing
        ),
        .testTarget(
            name: "PenstockTests",
            dependencies: ["Penstock", "TestClips"],
            resources: [.copy("Fixtures")],
            swiftSettings: testing
        ),
        .testTarget(
            name: "PenstockCommandsTests",
            dependencies: ["PenstockCommands", "Penstock", "TestClips"],
            swiftSettings: testing
        ),
    ]
)
