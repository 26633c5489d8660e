import Foundation

/// The Lua files of the project.
enum Sources {
    /// Paths below the project's folder, and what is in the files.
    static let all: [(path: String, bytes: [UInt8])] = ["stdlib", "examples", "Tests/Benchmarks/lua"].flatMap {
        folder in
        let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path) ?? .init()
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".lua") }.sorted().compactMap { name in
            let path = "\(folder)/\(name)"
            return (try? Data(contentsOf: root.appending(path: path))).map { (path, Array($0)) }
        }
    }

    private static let root = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        while folder.pathComponents.count > 1,
            !FileManager.default.fileExists(atPath: folder.appending(path: "stdlib").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()
}
