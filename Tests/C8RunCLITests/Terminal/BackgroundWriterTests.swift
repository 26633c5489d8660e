import Foundation
import Testing

@testable import C8RunCLI

/// Logs that nobody reads.
@Suite(.timeLimit(.minutes(1))) struct BackgroundWriterTests {
    private static func gap(_ count: Int) -> [UInt8] { Array("\(count) missing\n".utf8) }

    private static func line(_ number: Int) -> [UInt8] {
        Array("line \(number) \(String(repeating: "x", count: 90))\n".utf8)
    }

    /// On a thread of its own.
    private static func read(_ pipe: Pipe) async -> Data {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile()) }
        }
    }

    @Test func linesAreWrittenInTheirOrder() throws {
        let pipe = Pipe()
        let writer = try #require(
            BackgroundWriter.start(descriptor: pipe.fileHandleForWriting.fileDescriptor, gap: Self.gap))
        for number in 0..<100 { writer.add(Self.line(number)) }
        #expect(writer.end(within: 10))
        try pipe.fileHandleForWriting.close()
        #expect(pipe.fileHandleForReading.readDataToEndOfFile() == Data((0..<100).flatMap(Self.line)))
    }

    @Test func nobodyWaitsForAReaderWhoHasStopped() async throws {
        let pipe = Pipe()
        let writer = try #require(
            BackgroundWriter.start(
                descriptor: pipe.fileHandleForWriting.fileDescriptor, limit: 100_000, gap: Self.gap))
        // Twenty times what the pipe and the writer hold.
        for number in 0..<40_000 { writer.add(Self.line(number)) }
        #expect(!writer.end(within: 0.05))
        async let read = Self.read(pipe)
        while !writer.end(within: 0.05) {}
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: await read, as: UTF8.self).split(separator: "\n")
        // Where the writer's thread has its turn late, there is more than one gap.
        let gaps = lines.compactMap { $0.hasSuffix(" missing") ? Int($0.prefix { $0 != " " }) : nil }
        #expect(!gaps.isEmpty)
        // None is written twice, none goes without being counted, and those before the gap are in order.
        #expect(lines.count - gaps.count + gaps.reduce(0, +) == 40_000)
        #expect(lines.first?.hasPrefix("line 0 ") == true)
    }
}
