import C8Platform
import OrderedCollections

/// The orders and codes of one stand-in. A value without I/O: whoever holds it guards it.
///
/// A code belongs to one production order for good, and to at most one logistics order at a time.
struct OrderBook: Sendable {
    /// Where a code is.
    struct CodePlace: Sendable {
        let productionOrderNo: String
        var logisticsOrderNo: String?
    }

    var production: [String: ProductionOrder] = [:]
    /// The numbers of the production orders, in the order of their creation.
    var productionNumbers: [String] = []
    var logistics: [String: LogisticsOrder] = [:]
    var codes: [String: CodePlace] = [:]
    /// The outer code that a code is bound to.
    var parents: [String: String] = [:]
    /// How often a code was asked for, and when first.
    var verdicts: [String: (count: Int64, first: Double)] = [:]
    /// The latest questions for codes, oldest first.
    var queries: [JSONValue] = []
    /// The codes that took part in the lottery.
    var drawn: Set<String> = []
    /// What operations without rules of their own keep.
    var records = RecordStore()
    var identifiers: IdentifierSource

    init(seed: UInt64) {
        identifiers = IdentifierSource(seed: seed)
        // Something to find for the operations that only read.
        _ = records.save(["giftNo": "G-1", "giftName": "made up by the emulator"], key: "G-1", in: "gifts", now: 0) {
            1
        }
    }

    /// Does one operation.
    ///
    /// - Parameters:
    ///   - orderNo: the order that the path names; empty for operations without one.
    ///   - now: the time, in seconds since 1970.
    mutating func perform(
        _ operation: OperationID, orderNo: String, fields: Fields, now: Double
    ) throws(Refusal) -> JSONValue {
        switch operation {
        case "production.orders.create": try createProductionOrder(fields, now: now)
        case "production.orders.get": try productionOrder(orderNo).json
        case "production.orders.list": try listProductionOrders(fields)
        case "production.orders.delete": try deleteProductionOrder(orderNo)
        case "production.offline.upload_codes": try uploadProducedCodes(fields, to: orderNo)
        case "production.orders.list_codes": try listProducedCodes(fields, of: orderNo)
        case "logistics.orders.create": try createLogisticsOrder(fields, now: now)
        case "logistics.orders.get": try logisticsOrder(orderNo).json
        case "logistics.orders.delete": try deleteLogisticsOrder(orderNo)
        case "logistics.offline.upload_codes": try uploadShippedCodes(fields, to: orderNo)
        case "logistics.orders.complete": try completeLogisticsOrder(orderNo, now: now)
        default: try performMadeUp(operation, key: orderNo, fields: fields, now: now)
        }
    }

    private mutating func performMadeUp(
        _ id: OperationID, key: String, fields: Fields, now: Double
    ) throws(Refusal) -> JSONValue {
        guard let operation = MadeUpCatalogue.byID[id] else { throw .unknownPath }
        let fields = try operation.checked(fields, key: key)
        if case .core = operation.action { return try performCore(id, fields, now: now) }
        var identifiers = identifiers
        defer { self.identifiers = identifiers }
        return try records.perform(operation, fields, now: now) { identifiers.next() }
    }

    /// The file that a download answers with.
    func download(_ id: OperationID, key: String) throws(Refusal) -> Answer.File {
        guard let operation = MadeUpCatalogue.byID[id] else { throw .unknownPath }
        return try file(id, try operation.checked(Fields([:]), key: key))
    }

    /// Keeps a record beside the orders.
    mutating func save(
        _ members: RecordStore.Record, key: String, in collection: String, now: Double
    ) -> JSONValue {
        var identifiers = identifiers
        defer { self.identifiers = identifiers }
        return records.save(members, key: key, in: collection, now: now) { identifiers.next() }
    }
}
