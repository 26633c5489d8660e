import Synchronization
import Testing

@testable import C8Listener

@Suite struct WorkerListenerTests {
    private static let well = WorkerHealth(
        isStoreReached: true, sinceContact: 0.25, isDraining: false, running: 2, slots: 4)

    private func start(
        _ health: WorkerHealth = well, metrics: @escaping @Sendable () -> String = { "c8_up 1\n" }
    ) throws -> WorkerListener {
        try WorkerListener.start(try ListenerAddress(parsing: "127.0.0.1:0"), health: { health }, metrics: metrics)
    }

    private func get(_ path: String, from listener: WorkerListener, method: String = "GET") throws -> String {
        let client = try #require(TestClient(port: listener.address.port))
        client.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return try #require(client.rest())
    }

    @Test func healthIsOneLineOfJSON() throws {
        let listener = try start()
        let answer = try get("/healthz", from: listener)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(
            answer.hasSuffix(
                "\r\n\r\n" + #"{"healthy":true,"store_reached":true,"since_contact_seconds":0.25,"#
                    + #""draining":false,"running":2,"slots":4}"# + "\n"))
    }

    @Test(
        arguments: [
            WorkerHealth(isStoreReached: false, sinceContact: nil, isDraining: false, running: 0, slots: 1),
            WorkerHealth(isStoreReached: true, sinceContact: 1, isDraining: true, running: 0, slots: 1),
        ])
    func whoIsNotWellSaysSo(_ health: WorkerHealth) throws {
        let listener = try start(health)
        #expect(try get("/healthz", from: listener).hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
    }

    @Test func metricsAreTakenForEachVisit() throws {
        let visits = Mutex(0)
        let listener = try start(metrics: {
            visits.withLock { count in
                count += 1
                return "visits \(count)\n"
            }
        })
        #expect(try get("/metrics", from: listener).hasSuffix("visits 1\n"))
        #expect(try get("/metrics", from: listener).hasSuffix("visits 2\n"))
    }

    @Test func headHasNoBodyAndOtherPagesAreNotThere() throws {
        let listener = try start()
        #expect(try get("/metrics", from: listener, method: "HEAD").hasSuffix("\r\n\r\n"))
        #expect(try get("/", from: listener).hasPrefix("HTTP/1.1 404 "))
        #expect(try get("/healthz", from: listener, method: "DELETE").contains("Allow: GET, HEAD\r\n"))
    }

    @Test func longAnswersArriveWhole() throws {
        let listener = try start(metrics: { String(repeating: "x", count: 4 << 20) })
        #expect(try get("/metrics", from: listener).utf8.count > 4 << 20)
    }

    @Test func slowClientsHoldNobodyUp() throws {
        let listener = try start()
        // Fewer than the most: those that say nothing keep their places until their time is over.
        let slow = (0..<20).compactMap { _ in TestClient(port: listener.address.port) }
        #expect(slow.count == 20)
        for client in slow { client.send("GET /healthz HT") }
        #expect(try get("/healthz", from: listener).hasPrefix("HTTP/1.1 200 "))
        #expect(slow[0].rest() == "", "it is closed after its time")
    }

    @Test func moreClientsThanPlacesWaitForThem() throws {
        let listener = try start()
        let idle = (0..<ListenerLoop.mostConnections).compactMap { _ in TestClient(port: listener.address.port) }
        #expect(idle.count == ListenerLoop.mostConnections)
        #expect(try get("/healthz", from: listener).hasPrefix("HTTP/1.1 200 "), "served once the idle ones are closed")
    }

    @Test func aPortThatIsTakenIsTold() throws {
        let listener = try start()
        let error = #expect(throws: ListenerError.self) { _ = try WorkerListener(listener.address) }
        #expect(error?.description.contains("already in use") == true)
    }

    @Test func afterItsEndNobodyAnswers() throws {
        let listener = try start()
        let port = listener.address.port
        listener.stop()
        // The thread closes the socket soon, not at once.
        let end = ContinuousClock.now + .seconds(10)
        while TestClient(port: port) != nil, ContinuousClock.now < end {}
        #expect(TestClient(port: port) == nil)
    }
}
