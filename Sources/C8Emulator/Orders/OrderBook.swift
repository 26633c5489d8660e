import C8Platform

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
    var identifiers: IdentifierSource

    init(seed: UInt64) {
        identifiers = IdentifierSource(seed: seed)
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
        default: throw .unknownPath
        }
    }
}
