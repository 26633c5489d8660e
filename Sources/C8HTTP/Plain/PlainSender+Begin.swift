extension PlainSender {
    /// What a request came to that was begun without anybody waiting for it.
    enum Begun {
        case ended(Result<HTTPResponse, HTTPTransportError>)
        /// It needs a name's addresses or another thread first.
        ///
        /// - Parameter sentBefore: what the server can have of it from a kept connection that failed.
        case unsettled(sentBefore: HTTPTransportError.Sent)
    }

    /// Sends a request from this thread, where it serves sockets.
    ///
    /// - Parameter onEnd: called once, on this thread, perhaps before this returns.
    /// - Returns: false, and nothing is called, where the thread serves none.
    func begin(
        _ errand: PlainErrand, to route: PlainRoute, head: [UInt8], until cancellation: HTTPCancellation,
        onEnd: @escaping @Sendable (Begun) -> Void
    ) -> Bool {
        guard let loop = SocketLoop.current, case .pool(let pool) = pool() else { return false }
        let exchange = PlainExchange(
            errand.request, head: head, to: route, addresses: route.addresses, mayUseKept: true,
            deadline: SocketLoop.now() &+ Self.nanoseconds(errand.request.timeout),
            connectTime: Self.nanoseconds(connectTimeout))
        cancellation.whenCancelled { loop.submit { exchange.cancel() } }
        exchange.begin(on: pool) { [self] end in
            cancellation.forget()
            switch end {
            case .success(let response): onEnd(.ended(.success(response)))
            case .failure(let failure):
                switch failure.problem {
                case .needsAddresses: onEnd(.unsettled(sentBefore: failure.sentBefore))
                case .loopEnded where failure.sent == .notSent: onEnd(.unsettled(sentBefore: failure.sentBefore))
                default:
                    let error = error(failure.problem, failure.sent, errand.request)
                    onEnd(.ended(.failure(error.after(failure.sentBefore))))
                }
            }
        }
        return true
    }
}
