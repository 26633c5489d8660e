import C8Sandbox
import Testing

@Suite struct FileGrantsTests {
    @Test(
        arguments: [
            ([], .none), ([nil], .all), ([""], .all), (["a"], .paths(["a"])),
            (["a,b", "b", "c,"], .paths(["a", "b", "c"])),
            (["a", nil], .all), (["a", ""], .all), ([","], .all),
        ] as [([String?], FileGrants.Scope)])
    func flagValuesAreUnited(values: [String?], scope: FileGrants.Scope) {
        #expect(FileGrants.Scope(flagValues: values) == scope)
    }

    @Test(
        arguments: [
            ("/a/b", "/a/b"), ("b", "/w/b"), ("./b/../c//d/.", "/w/c/d"), ("../../../x", "/x"), ("/", "/"),
            ("/..", "/"),
            (".", "/w"), ("/a/", "/a"),
        ] as [(String, String)])
    func pathsAreNormalisedByTheirText(path: String, absolute: String) {
        let base = AbsolutePath(FilePath("/w"))
        #expect(AbsolutePath(FilePath(path), relativeTo: base).description == absolute)
    }

    @Test(
        arguments: [
            ("/a", "/a", true), ("/a", "/a/b", true), ("/a", "/ab", false), ("/a/b", "/a", false), ("/", "/x", true),
        ] as [(String, String, Bool)])
    func folderContainsWhatIsBelowIt(folder: String, path: String, contains: Bool) {
        #expect(AbsolutePath(FilePath(folder)).contains(AbsolutePath(FilePath(path))) == contains)
    }

    @Test(
        arguments: [
            ("plain é 中", "plain é 中"), ("a\nb\u{1b}[31m", "a\\x0ab\\x1b[31m"), ("\u{202e}x", "\\u{202e}x"),
        ] as [(String, String)])
    func namesAreShownWithoutControlCharacters(path: String, shown: String) {
        #expect(FilePath(path).description == shown)
        #expect(FilePath(bytes: [0xff]).description == "\u{FFFD}")
    }
}
