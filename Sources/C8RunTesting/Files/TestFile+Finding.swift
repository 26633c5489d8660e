import Glibc

extension TestFile {
    /// What the names of files of tests end with.
    public static let suffix = "_test.lua"

    /// The files of tests that a path stands for: itself where it is a file, whatever its name; of a folder, all below it
    /// whose names end with ``suffix``, in the order of their paths. Hidden folders and links to folders are passed over.
    ///
    /// - Throws: ``TestFileError`` where something there cannot be read.
    public static func find(_ path: String) throws(TestFileError) -> [TestFile] {
        var found: [TestFile] = []
        for file in try paths(below: path) {
            found.append(TestFile(path: file, source: try FileText.read(file)))
        }
        return found
    }

    private static func paths(below path: String) throws(TestFileError) -> [String] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw TestFileError(path: path, number: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return [FileText.plain(path)] }
        var found: [String] = []
        for name in try FileText.names(in: path).sorted() where !name.hasPrefix(".") {
            let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            var status = stat()
            guard lstat(inner, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += try paths(below: inner)
            } else if name.hasSuffix(suffix) {
                found.append(FileText.plain(inner))
            }
        }
        return found
    }
}
