import C8Emulator
import C8Platform
import Foundation
import Testing

/// What the commands make of a state on a full disk, on a read-only one, and of another user's: a clear word, no crash, and the
/// right exit code.
@Suite(.enabled(if: SmallDisk.isPossible, "mounts a small file system, which the superuser alone may do"))
struct FullDiskTests {
    private static let flow = """
        print(require("c8.flow").run("f", function(f)
          return f:step("create", function()
            c8.production.orders.create{orderNo = "PO", productCode = "S", quantity = 5}
            -- The disk becomes full while the write is under way.
            if full then
              local fs = require "c8.fs"
              while pcall(fs.append, full, ("x"):rep(4096)) do end
            end
            return ("r"):rep(60000)
          end):sub(1, 3)
        end))
        """

    /// A command line's run with the state on that disk.
    private static func runner(_ surroundings: Surroundings, _ disk: SmallDisk)
        -> @Sendable (String...) async throws -> CommandRun
    {
        let environment = surroundings.environment.merging(["C8_STATE": disk.path + "/state"]) { $1 }
        return { arguments in try await CommandRun.c8run(arguments, environment: environment) }
    }

    private static func performed(_ emulator: Emulator) -> Int {
        emulator.requestLog.records.count { $0.operation == "production.orders.create" && $0.isPerformed }
    }

    @Test func fullDiskIsToldAndCostsNoCall() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let disk = try SmallDisk(bytes: 2 << 20)
            let c8run = Self.runner(surroundings, disk)
            let script = try surroundings.folder.file("flow.lua", Self.flow)
            #expect(try await c8run(script).status == 0)
            try disk.fill()

            let status = try await c8run("token", "status")
            #expect(status.status == 0, "\(status.errors)")
            #expect(status.output.contains("state    good"))
            let refresh = try await c8run("token", "refresh")
            #expect(refresh.status == 78)
            #expect(refresh.errors.contains("the disk is full; make room on the disk"), "\(refresh.errors)")
            let doctor = try await c8run("doctor")
            #expect(doctor.status == 78)
            #expect(doctor.output.contains("left on the disk\n      make room on the disk"), "\(doctor.output)")
            let call = try await c8run("-e", "print(c8.production.orders.list{}.total)")
            #expect(call.output == "1\n", "\(call.errors)")
            #expect(call.status == 0)
            #expect(try await c8run("flow", "list").output.contains("finished"))
            #expect(try await c8run("flow", "show", "f").status == 0)
            let other = try await c8run("-e", "require('c8.flow').run('g', function() end)")
            #expect(other.status == 78)
            #expect(other.errors.contains("make room on the disk"), "\(other.errors)")

            let forget = try await c8run("flow", "forget", "f")
            #expect(forget.status == 0, "\(forget.errors)")
            #expect(forget.errors.contains("takes the room that was kept for that"), "\(forget.errors)")
            #expect(try await c8run("flow", "list").output == "no flows\n")
            try disk.fill()
            let clear = try await c8run("token", "clear")
            #expect(clear.status == 0 || clear.status == 78 && clear.errors.contains("make room"), "\(clear.errors)")
            disk.makeRoom()
            #expect(try await c8run("token", "clear").status == 0)
            #expect(try await c8run(script).status == 1, "the order is there already")
        }
    }

    @Test func fullDiskBeforeThereIsAStateIsTold() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let disk = try SmallDisk(bytes: 1 << 20)
            try disk.fill()
            let c8run = Self.runner(surroundings, disk)
            for arguments in [["token", "status"], ["token", "refresh"], ["flow", "list"]] {
                let run = try await CommandRun.c8run(
                    arguments, environment: surroundings.environment.merging(["C8_STATE": disk.path + "/state"]) { $1 })
                #expect(run.status == 78, "\(arguments)")
                #expect(run.errors.contains("make room on the disk"), "\(arguments): \(run.errors)")
            }
            let call = try await c8run("-e", "print(c8.production.orders.list{}.total)")
            #expect(call.status == 0)
            #expect(call.errors.contains("the token store failed"), "\(call.errors)")
        }
    }

    /// The write went out and came back. Where its result can be kept with what room there is, it is; else the run stops, whatever
    /// its script makes of errors.
    @Test(arguments: [true, false]) func resultOfAWriteIsKeptOrTheRunAsks(hasReserve: Bool) async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let disk = try SmallDisk(bytes: 2 << 20)
            let c8run = Self.runner(surroundings, disk)
            #expect(try await c8run("token", "refresh").status == 0)
            if !hasReserve { unlink(disk.path + "/state/state.sqlite3.reserve") }
            if !hasReserve { mkdir(disk.path + "/state/state.sqlite3.reserve", 0o700) }
            let filler = disk.path + "/filler"
            let script = try surroundings.folder.file(
                "flow.lua", "full = '\(filler)'\nprint(pcall(function() \(Self.flow) end))")
            let run = try await c8run("--allow-write=\(disk.path)", "--allow-read=\(disk.path)", script)
            #expect(Self.performed(surroundings.emulator) == 1)
            if hasReserve {
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.output.contains("rrr"), "\(run.output)")
            } else {
                #expect(run.status == 75, "\(run.output) \(run.errors)")
                #expect(run.errors.contains("it has written (production.orders.create, traceId "), "\(run.errors)")
                #expect(run.errors.contains("the disk is full"), "\(run.errors)")
                disk.makeRoom()
                #expect(try await c8run("flow", "resolve", "f", "create", "--done", "\"rrrr\"").status == 0)
            }
            disk.makeRoom()
            let again = try await c8run(
                "-e", "print(require('c8.flow').run('f', function(f) return f:step('create', error) end):sub(1, 3))")
            #expect(again.output == "rrr\n", "\(again.errors)")
            #expect(Self.performed(surroundings.emulator) == 1)
        }
    }

    @Test func readOnlyDiskShowsWhatThereIs() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let disk = try SmallDisk(bytes: 4 << 20)
            let c8run = Self.runner(surroundings, disk)
            #expect(try await c8run(try surroundings.folder.file("flow.lua", Self.flow)).status == 0)
            try disk.makeReadOnly()
            #expect(try await c8run("token", "status").output.contains("state    good"))
            #expect(try await c8run("flow", "list").output.contains("finished"))
            for arguments in [
                ["token", "refresh"], ["token", "clear"], ["flow", "forget", "f"], ["flow", "prune", "--days", "0"],
            ] {
                let run = try await CommandRun.c8run(
                    arguments, environment: surroundings.environment.merging(["C8_STATE": disk.path + "/state"]) { $1 })
                #expect(run.status == 78, "\(arguments)")
                #expect(run.errors.contains("writ") || run.errors.contains("Read-only"), "\(arguments): \(run.errors)")
            }
            #expect(try await c8run("-e", "print(c8.production.orders.list{}.total)").output == "1\n")
        }
    }
}
