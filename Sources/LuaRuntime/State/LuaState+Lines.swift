import CLuaBoundary

extension LuaState {
    /// How often each line of the chunks loaded so far has begun, where the state counts it; a chunk that was loaded twice
    /// is there twice.
    package func lineCounts() -> [LineCounts] {
        let collector = Collector()
        withExtendedLifetime(collector) {
            _ = clb_deliver_lines(
                raw,
                { context, name, counts, canRun, count in
                    var chunk = LineCounts(chunk: String(cString: name), counts: [:])
                    for line in 0..<count where canRun[line] { chunk.counts[line] = Int(counts[line]) }
                    Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().chunks.append(chunk)
                }, Unmanaged.passUnretained(collector).toOpaque())
        }
        return collector.chunks
    }

    private final class Collector {
        var chunks: [LineCounts] = []
    }
}
