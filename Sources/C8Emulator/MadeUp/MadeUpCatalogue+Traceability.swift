import C8Platform

extension MadeUpCatalogue {
    private static let orderNo = "orderNo:string! 订单编号 / order number"
    private static let production = [
        orderNo, "productCode:string! 商品编号 / product code", "quantity:integer! 数量 / quantity",
        "batchNo:string 批次 / batch",
        "remark:string 备注 / remark",
    ]
    private static let logistics = [
        orderNo, "dealerCode:string! 经销商编号 / dealer's code", "productionOrderNo:string 生产单号", "type:string 类型 / type",
    ]
    private static let codes = "codes:string[]! 数码 / codes"
    private static let upload = ["accepted:integer", "duplicate:integer", "rejected:object[]", "uploaded:integer"]

    // MARK: 溯源体系/生产订单, 物流订单

    static let traceability: [MadeUpOperation] = [
        MadeUpOperation(
            "production.orders.update", .core,
            [orderNo, "quantity:integer 数量 / at least what was uploaded", "batchNo:string 批次", "remark:string 备注"],
            effect: .idempotent, response: ["orderNo:string", "quantity:integer", "status:string"]),
        MadeUpOperation(
            "production.tasks.create", .core,
            [
                "taskNo:string! 任务编号 / task number", "orderNo:string! 订单编号", "quantity:integer! 数量",
                "line:string 产线 / line",
            ],
            effect: .write, response: ["id:integer", "taskNo:string", "status:string"]),
        MadeUpOperation(
            "production.orders.stats", .core, ["status:string 状态 / created, producing or completed"],
            response: ["orders:integer", "quantity:integer", "uploaded:integer"]),
        MadeUpOperation(
            "production.files.upload", .core, [orderNo, "file:file! 文件 / a code on each line"], shape: .form,
            effect: .idempotent, response: upload),
        MadeUpOperation(
            "production.sync.save_order", .core, production, effect: .idempotent,
            response: ["orderNo:string", "quantity:integer", "status:string"]),
        MadeUpOperation("production.sync.delete_order", .core, [orderNo], effect: .write, response: ["orderNo:string"]),
        MadeUpOperation("logistics.orders.list_scans", .core, [orderNo], isPaged: true),
        MadeUpOperation(
            "logistics.orders.reset_status", .core, [orderNo], effect: .write,
            response: ["orderNo:string", "status:string"]),
        MadeUpOperation(
            "logistics.execution.complete", .core, [orderNo], effect: .write,
            response: ["orderNo:string", "status:string", "codes:integer"]),
        MadeUpOperation("logistics.execution.pull", .core, ["dealerCode:string 经销商编号"], isPaged: true),
        MadeUpOperation("logistics.execution.scan", .core, [orderNo, codes], effect: .idempotent, response: upload),
        MadeUpOperation(
            "logistics.execution.delete_codes", .core, [orderNo, codes], effect: .idempotent,
            response: ["deleted:integer", "uploaded:integer"]),
        MadeUpOperation(
            "logistics.execution.cancel", .core, [orderNo], effect: .write,
            response: ["orderNo:string", "status:string"]),
        MadeUpOperation(
            "logistics.files.upload", .core, [orderNo, "file:file! 文件 / a code on each line"], shape: .form,
            effect: .idempotent, response: upload),
        MadeUpOperation(
            "logistics.orders.get_by_id", .core, ["orderId:integer! 订单ID / id of 19 digits"], shape: .get,
            response: ["orderId:integer", "orderNo:string", "status:string", "codes:integer"]),
        MadeUpOperation(
            "logistics.orders.update", .core, [orderNo, "dealerCode:string 经销商编号", "type:string 类型"],
            effect: .idempotent,
            response: ["orderNo:string", "dealerCode:string", "type:string"]),
        MadeUpOperation("logistics.outbound.list", .core, ["dealerCode:string 经销商编号"], isPaged: true),
        MadeUpOperation("logistics.returns.list", .core, ["dealerCode:string 经销商编号"], isPaged: true),
        MadeUpOperation(
            "logistics.inventory.summary", .core, [],
            response: ["produced:integer", "loading:integer", "shipped:integer", "inStock:integer"]),
        MadeUpOperation("logistics.upload", .core, [orderNo, codes], effect: .idempotent, response: upload),
        MadeUpOperation(
            "logistics.offline.get_task", .core, [orderNo], shape: .get, response: ["orderNo:string", "status:string"]),
        MadeUpOperation("logistics.offline.list_codes", .core, [orderNo], isPaged: true),
        MadeUpOperation(
            "logistics.sync.save_order", .core, logistics, effect: .idempotent,
            response: ["orderNo:string", "status:string"]),
        MadeUpOperation("logistics.sync.delete_order", .core, [orderNo], effect: .write, response: ["orderNo:string"]),
        MadeUpOperation("logistics.codes.associations", .core, ["code:string! 数码 / code"], response: association),
        MadeUpOperation("logistics.codes.relations", .core, [orderNo], isPaged: true),
    ]

    private static let association = [
        "code:string", "parent:string", "productionOrderNo:string", "productCode:string", "logisticsOrderNo:string",
        "dealerCode:string",
    ]

    // MARK: 防伪体系, 溯源体系/窜货稽查, 溯源报表

    private static let verdict = [
        "code:string", "genuine:boolean", "queryCount:integer", "firstQueryTime:string", "productCode:string",
    ]
    private static let query = ["code:string! 数码 / code", "region:string 区域 / region of the query"]

    static let inspection: [MadeUpOperation] = [
        MadeUpOperation("antifake.query", .core, query, effect: .write, response: verdict),
        MadeUpOperation("antifake.query_v2", .core, query, effect: .write, response: verdict),
        MadeUpOperation("antifake.query_changpeng", .core, query, effect: .write, response: verdict),
        MadeUpOperation(
            "antifake.query_with_captcha", .core, query + ["captcha:string! 验证码 / any text"], effect: .write,
            response: verdict),
        MadeUpOperation(
            "antifake.query_combined", .core, query, effect: .write, response: verdict + association.dropFirst()),
        MadeUpOperation("antifake.list_details", .core, ["code:string 数码 / code"], isPaged: true),
        MadeUpOperation("antifake.list_details_custom", .core, ["code:string 数码 / code"], isPaged: true),
        MadeUpOperation("antifake.query_regions", .core, [], response: ["records:object[]"]),
        MadeUpOperation("diversion.list_settings", .core, [], response: ["records:object[]"]),
        MadeUpOperation(
            "diversion.inspect", .core,
            ["code:string! 数码 / code", "dealerCode:string! 经销商编号 / where the code was found"],
            effect: .write, response: ["inspectionNo:string", "diverted:boolean", "expectedDealerCode:string"]),
        MadeUpOperation(
            "diversion.confirm", .setStatus("inspections", "confirmed"),
            ["inspectionNo:string! 稽查编号 / inspection number"]),
        MadeUpOperation("diversion.list_records", .all("inspections"), ["code:string 数码 / code"]),
        MadeUpOperation("diversion.list_history", .list("inspections"), ["code:string 数码 / code"]),
        MadeUpOperation("reports.production", .core, [], response: ["records:object[]"]),
        MadeUpOperation("reports.inbound", .core, [], response: ["records:object[]"]),
        MadeUpOperation("reports.inbound_scans", .core, ["code:string 数码 / code"], isPaged: true),
        MadeUpOperation("reports.cross_query_codes", .core, [codes], response: ["records:object[]"]),
    ]
}
