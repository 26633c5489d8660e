import Glibc

/// One client of the listener. Used on the listener's thread alone.
struct ListenerConnection {
    enum Stage: Equatable {
        case reading
        case sending
        /// Everything was sent; what the client still sends is thrown away until it closes, so that the kernel does not
        /// take the answer back.
        case leaving
    }

    let descriptor: Int32
    /// Of ``ListenerLoop/now()``: whoever is not done by then is closed.
    private(set) var deadline: UInt64
    private(set) var stage = Stage.reading
    private var request = ListenerRequest()
    private var answer: ArraySlice<UInt8> = []

    init(_ descriptor: Int32, deadline: UInt64) {
        self.descriptor = descriptor
        self.deadline = deadline
    }

    /// What to wait for.
    var events: Int16 { Int16(stage == .sending ? POLLOUT : POLLIN) }

    /// Reads and writes as far as it goes without waiting.
    ///
    /// - Parameter lingering: until when a client may close after its answer.
    /// - Returns: whether the connection is still wanted.
    mutating func proceed(_ pages: ListenerPages, lingering: UInt64) -> Bool {
        switch stage {
        case .reading:
            guard let bytes = received() else { return false }
            guard !bytes.isEmpty else { return true }
            guard let answer = pages.answer(request.take(bytes)) else { return true }
            self.answer = answer[...]
            stage = .sending
            return send(lingering)
        case .sending: return send(lingering)
        case .leaving:
            return received() != nil
        }
    }

    /// Empty where nothing is there yet; nil where the client is gone.
    private func received() -> [UInt8]? {
        var failure: Int32 = 0
        var isOver = false
        let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            let got = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if got < 0 { failure = errno }
            isOver = got == 0
            count = max(0, got)
        }
        if isOver || (failure != 0 && failure != EAGAIN && failure != EINTR) { return nil }
        return bytes
    }

    private mutating func send(_ lingering: UInt64) -> Bool {
        while !answer.isEmpty {
            let sent = answer.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return sent < 0 && (errno == EAGAIN || errno == EINTR) }
            answer = answer.dropFirst(sent)
        }
        shutdown(descriptor, Int32(SHUT_WR))
        stage = .leaving
        deadline = min(deadline, lingering)
        return true
    }
}
