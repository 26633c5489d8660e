import CLuaBoundary

/// A table among the arguments of a call, which is read in place while the call lasts.
///
/// Plain words, so that a box for a protocol needs no memory and a copy counts no references. It may be kept by mistake, by a
/// `Decodable` type that keeps its decoder: so each look asks whether that reading of the call still lasts.
struct LuaLiveTable {
    private let serial: UInt64
    private let position: UInt32

    /// - Parameter position: of a live table that was not copied, counted from 1.
    init(_ call: UnsafeMutablePointer<clb_call>, position: Int) {
        serial = clb_live_begin(call)
        self.position = UInt32(truncatingIfNeeded: position)
    }

    private func call() throws -> UnsafeMutablePointer<clb_call> {
        guard let call = clb_live_call(serial) else { throw Self.failure(CLB_OVER) }
        return call
    }

    private static func failure(_ outcome: clb_outcome) -> any Error {
        outcome == CLB_OVER
            ? LuaConversionError("a table that was an argument is read after its call has ended")
            : LuaCallFailure(outcome: outcome)
    }

    /// The field as it is in Lua; live where it is no plain value, or where positions may be meant.
    ///
    /// - Parameter expected: what it probably is.
    @inline(__always)
    func read(_ name: String, expecting expected: clb_tag = CLB_NIL) throws -> clb_value {
        if let words = SmallText.lastingWords(of: name) {
            var value = clb_value()
            let outcome = clb_read_known_field(serial, position, words, expected, &value)
            if outcome == CLB_RETURN { return value.tag == CLB_NIL ? Self.missing(name) : value }
        }
        return try readByBytes(name)
    }

    @inline(never)
    private func readByBytes(_ name: String) throws -> clb_value {
        var value = clb_value()
        let words = SmallText.lastingWords(of: name)
        var name = name
        let outcome = name.withUTF8 { bytes in
            let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            return if let words {
                clb_read_lasting_field(serial, position, words, text, bytes.count, &value)
            } else {
                clb_read_field(serial, position, text, bytes.count, &value)
            }
        }
        guard outcome == CLB_RETURN else { throw Self.failure(outcome) }
        return value.tag == CLB_NIL ? Self.missing(name) : value
    }

    @inline(never)
    private static func missing(_ name: String) -> clb_value {
        var value = clb_value()
        if mayBePosition(name.utf8) { value.tag = CLB_LIVE }
        return value
    }

    /// A copy of the field.
    func copy(_ name: String) throws -> LuaValue {
        let call = try call()
        if Self.mayBePosition(name.utf8), let table = try whole().table { return table.field(orPosition: name) }
        let receiver = Receiver(LuaState.of(call.pointee.state))
        var name = name
        let outcome = name.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                clb_gather_field(
                    call, position, $0.baseAddress, $0.count,
                    { context, values, count in
                        Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().receive(values, count)
                    }, Unmanaged.passUnretained(receiver).toOpaque())
            }
        }
        guard outcome == CLB_RETURN else { throw Self.failure(outcome) }
        return receiver.value
    }

    /// A copy of the table.
    func whole() throws -> LuaValue { try LuaCall(try call()).argument(Int(position)) }

    private static func mayBePosition(_ name: some Collection<UInt8>) -> Bool {
        guard let first = name.first else { return false }
        return first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }
}

private final class Receiver {
    let state: LuaState
    var value = LuaValue.nil

    init(_ state: LuaState) {
        self.state = state
    }

    func receive(_ values: UnsafeMutablePointer<clb_value>?, _ count: UInt32) {
        var decoder = LuaDecoder(values: values, count: count, state: state)
        value = decoder.decode(at: 1)
    }
}
