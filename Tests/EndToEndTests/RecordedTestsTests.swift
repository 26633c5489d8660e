import Testing

/// `c8run test --record` and `--replay`: what tests asked of a platform is answered from the recording.
@Suite struct RecordedTestsTests {
    private static let file = """
        local c8 = require "c8"
        local test = require "c8.test"
        test.describe("orders", function()
          test.it("are made", function()
            local order = c8.production.orders.create { orderNo = "A-1", productCode = "S", quantity = 5 }
            test.expect(order.quantity).to_be(5)
          end)
          test.it("are asked for", function()
            local problem = select(2, pcall(c8.production.orders.get, { orderNo = "NONE" }))
            test.expect(problem.kind).to_be("api")
          end)
        end)
        """

    @Test func testsAreReplayedWithoutAPlatform() async throws {
        let folder = try Folder()
        _ = try folder.file("orders_test.lua", Self.file)
        let recorded = try await CommandRun.c8run("test", "--record", "tape.json", folder: folder)
        #expect(recorded.status == 0, "\(recorded.output) \(recorded.errors)")
        let tape = try folder.read("tape.json")
        #expect(tape.contains("\"A-1\"") && tape.contains("NONE"))

        let replayed = try await CommandRun.c8run("test", "--replay", "tape.json", folder: folder)
        #expect(replayed.status == 0, "\(replayed.output) \(replayed.errors)")

        _ = try folder.file("orders_test.lua", Self.file.replacing("quantity = 5", with: "quantity = 6"))
        let other = try await CommandRun.c8run("test", "--replay", "tape.json", folder: folder)
        #expect(other.status == 65)
        #expect(other.output.contains("no recording in"), "\(other.output) \(other.errors)")
    }
}
