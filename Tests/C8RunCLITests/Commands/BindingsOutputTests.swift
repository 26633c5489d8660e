import Testing

@testable import C8RunCLI

@Suite struct BindingsOutputTests {
    @Test func temporaryFileIsPrivateAndGoesAway() throws {
        let output = try BindingsOutput.write(Array("{}".utf8), to: nil)
        let file = try SmallFile.read(output.path, limit: 100)
        #expect(file.bytes == Array("{}".utf8))
        #expect(file.mode == 0o600)
        output.remove()
        #expect(throws: SmallFileError.self) { try SmallFile.read(output.path, limit: 100) }
    }

    @Test func fileOfTheOperatorStays() throws {
        let place = try TemporaryFile("a longer old content", mode: 0o600)
        defer { place.remove() }
        let output = try BindingsOutput.write(Array("{}".utf8), to: place.path)
        output.remove()
        #expect(try SmallFile.read(place.path, limit: 100).bytes == Array("{}".utf8))
    }

    @Test func placeThatCannotBeWrittenIsNamed() {
        let error = #expect(throws: UsageError.self) { try BindingsOutput.write([], to: "/nowhere/b.json") }
        #expect(error?.description == "cannot write /nowhere/b.json: No such file or directory")
    }
}
