import C8HTTP
import C8Platform
import Logging
import Synchronization

/// Attempts: when a call is made again, and with which token.
extension PlatformClient {
    /// Makes a call, unless too many before it have failed. Whoever repeats calls himself has a pace of his own.
    func sendUnlessResting(_ call: inout OutgoingCall) async throws(ClientError) -> CallAnswer {
        guard call.options.mayBeRepeated else { return try await sendAsOftenAsNeeded(&call) }
        let now = clock.monotonic()
        let (rest, failures) = streak.withLock { ($0.rest(at: now), $0.failures) }
        if let rest, call.early == nil { throw .resting(call, host: base.host, after: failures, seconds: rest) }
        do {
            let answer = try await sendAsOftenAsNeeded(&call)
            streak.withLock { $0.ended(with: nil, at: clock.monotonic()) }
            return answer
        } catch {
            streak.withLock { $0.ended(with: error, at: clock.monotonic()) }
            throw error
        }
    }

    /// Makes a call, and makes it again as often as its effect and the failure allow.
    private func sendAsOftenAsNeeded(_ call: inout OutgoingCall) async throws(ClientError) -> CallAnswer {
        let began = call.began ?? clock.monotonic()
        var retries = RetryState(configuration.retries, timeout: timeout(of: call), now: began)
        let deadline = CallDeadline(end: retries.end, total: retries.end - began, clock: clock, timer: timer)
        while true {
            do {
                let answer = try await attempt(&call, deadline)
                quota.earn(attempts: call.attempt)
                return answer
            } catch let failure {
                let error = failure.remembering(call)
                call.mayBeDone = error.outcome == .unknown
                guard !Task.isCancelled, call.options.mayBeRepeated else { throw error }
                let pause = retries.pause(
                    after: error, effect: call.effect, now: clock.monotonic(), random: .random(in: 0...1), quota: quota)
                guard let pause else { throw error }
                logger.notice(
                    "trying again",
                    metadata: [
                        "operation": "\(call.name)", "request_id": "\(call.requestID)", "attempt": "\(call.attempt)",
                        "error": "\(error.kind.rawValue)", "pause": "\(Int(pause * 1000)) ms",
                    ])
                guard (try? await clock.sleep(seconds: pause)) != nil else { throw error }
                metrics.retry(call.operation, after: error.kind)
            }
        }
    }

    /// Sends with a token; if the platform refuses the token, once more with another. A refused token means that the
    /// gateway turned the request away, so a write may be sent again; not where the same answer speaks of success.
    private func attempt(
        _ call: inout OutgoingCall, _ deadline: CallDeadline
    ) async throws(ClientError) -> CallAnswer {
        var refused =
            call.early != nil
            ? nil
            : suspect.withLock { suspect in
                defer { suspect = nil }
                return suspect
            }
        var hasRenewed = false
        while true {
            let (reply, token) = try await turn(&call, replacing: refused, deadline)
            call.status = reply.status
            guard case .envelope(let envelope) = reply.answer else { return reply.answer }
            call.code = envelope.code
            call.traceID = envelope.traceID.map(token.value.hidden)
            let verdict = Verdict(envelope, status: reply.status, refusesToken: reply.refusesToken)
            if verdict == .success { return reply.answer }
            // Perhaps the token was kept too long, by a clock that was set while the machine was off.
            if let seconds = reply.platformTime { tokens.learn(platformTime: seconds) }
            // The errors' excerpts must not begin before the token is out of the text.
            let failure = ClientError(
                envelope.hiding([token.value]), of: call, status: reply.status, verdict: verdict, meanings: meanings()
            ).waiting(reply.retryAfter)
            if case .contradictory(refusesToken: true) = verdict { suspect.withLock { $0 = token } }
            guard verdict.asksForAnotherToken(call.effect) else { throw failure }
            guard !hasRenewed, !Task.isCancelled else { throw failure.refusedTwice }
            logger.info(
                "the platform refused the access token; getting another",
                metadata: ["operation": "\(call.name)", "request_id": "\(call.requestID)"])
            metrics.tokenRefused()
            call.mayBeDone = call.mayBeDone || verdict.outcome(call.effect) == .unknown
            refused = token
            hasRenewed = true
        }
    }

    /// One request in its turn. The token is taken after the waiting, in which it might have died, and the time of the
    /// request begins when it has both.
    private func turn(
        _ call: inout OutgoingCall, replacing refused: Token?, _ deadline: CallDeadline
    ) async throws(ClientError) -> (Reply, Token) {
        if let early = call.early.take() {
            call.attempt += 1
            do {
                return (try await exchange(call, token: early.token, timeout: .zero, early: early), early.token)
            } catch {
                throw error.hiding(early.token.value)
            }
        }
        do {
            try await gate.enter(deadline)
        } catch {
            throw error.forCall(call)
        }
        defer { gate.leave() }
        let token: Token
        do {
            // Without a bound where there is nothing to wait for: a timer keeps its memory until its time, cancelled or not.
            if refused == nil, let ready = tokens.ready() {
                token = ready
            } else {
                token = try await deadline.bound(waitingFor: "the access token") { [tokens] in
                    do throws(ClientError) {
                        return .success(try await tokens.token(replacing: refused))
                    } catch {
                        return .failure(error)
                    }
                }
            }
        } catch {
            throw error.forCall(call)
        }
        if call.effect != .read, let check = SendPermission.current.check {
            do {
                try await check()
            } catch {
                let refusal = error as? ClientError
                throw (refusal ?? ClientError(kind: .cancelled, message: "\(error)", outcome: .notSent)).forCall(call)
            }
        }
        call.attempt += 1
        // Of an earlier attempt.
        (call.status, call.code) = (nil, nil)
        do {
            return (try await exchange(call, token: token, timeout: deadline.cut(timeout(of: call))), token)
        } catch {
            throw error.hiding(token.value)
        }
    }
}
