import C8Platform

/// Everything that the emulator makes up beyond its orders: one row for each operation.
enum MadeUpCatalogue {
    static let all: [MadeUpOperation] = master + traceability + inspection + marketing + payout + codeCentre

    static let byID: [OperationID: MadeUpOperation] = Dictionary(
        all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    // MARK: 基础资料

    private static let product = [
        "productCode:string! 商品编号 / product code, unique", "productName:string! 商品名称 / product name",
        "spec:string 规格 / specification", "unit:string 单位 / unit", "categoryCode:string 分类 / category",
    ]

    private static let master: [MadeUpOperation] = [
        MadeUpOperation("products.get", .get("products"), ["productCode:string! 商品编号 / product code"]),
        MadeUpOperation("products.save", .save("products"), product),
        MadeUpOperation("products.save_v2", .save("products"), product),
        MadeUpOperation("products.save_v3", .save("products"), product),
        MadeUpOperation(
            "products.save_batch_v3", .saveBatch("products", list: "products"),
            ["products:object[]! 商品 / products, each with productCode"]),
        MadeUpOperation(
            "products.delete_batch_v3", .deleteBatch("products", keys: "productCodes"), ["productCodes:string[]! 商品编号"]),
        MadeUpOperation(
            "products.disable_batch_v3", .enable("products", keys: "productCodes", false),
            ["productCodes:string[]! 商品编号"]),
        MadeUpOperation(
            "products.enable_batch_v3", .enable("products", keys: "productCodes", true), ["productCodes:string[]! 商品编号"]
        ),
        MadeUpOperation(
            "products.set_enabled_batch", .enable("products", keys: "productCodes", nil),
            ["productCodes:string[]! 商品编号", "enabled:boolean! 启用 / enabled"]),
        MadeUpOperation(
            "products.list_v3", .list("products"), ["categoryCode:string 分类", "enabled:boolean 启用 / enabled"]),
        MadeUpOperation(
            "products.find_by_codes_v3", .find("products", keys: "productCodes"), ["productCodes:string[]! 商品编号"]),
        MadeUpOperation(
            "dealers.sync", .saveBatch("dealers", list: "dealers"),
            ["dealers:object[]! 经销商 / dealers, each with dealerCode"]),
        MadeUpOperation(
            "dealers.delete_batch", .deleteBatch("dealers", keys: "dealerCodes"), ["dealerCodes:string[]! 经销商编号"]),
        MadeUpOperation(
            "dealers.find_by_codes", .find("dealers", keys: "dealerCodes"), ["dealerCodes:string[]! 经销商编号"]),
        MadeUpOperation("dealers.search", .list("dealers"), ["region:string 区域 / region", "enabled:boolean 启用"]),
        MadeUpOperation("dealers.count", .count("dealers"), ["region:string 区域 / region", "enabled:boolean 启用"]),
        MadeUpOperation(
            "dealers.set_enabled_batch", .enable("dealers", keys: "dealerCodes", nil),
            ["dealerCodes:string[]! 经销商编号", "enabled:boolean! 启用 / enabled"]),
        MadeUpOperation(
            "dealers.replace_principal", .update("dealers"),
            ["dealerCode:string! 经销商编号", "principal:string! 负责人 / person in charge"]),
        MadeUpOperation(
            "dealers.add_salesperson", .append("dealers", list: "salespeople"),
            ["dealerCode:string! 经销商编号", "name:string! 姓名 / name", "phone:string 电话 / telephone"]),
        MadeUpOperation(
            "organizations.find_by_ids", .core, ["ids:integer[]! 组织ID / ids of dealers and stores"],
            response: ["records:object[]"]),
        MadeUpOperation(
            "stores.sync", .saveBatch("stores", list: "stores"), ["stores:object[]! 门店 / stores, each with storeCode"]),
        MadeUpOperation(
            "stores.replace_manager", .update("stores"), ["storeCode:string! 门店编号", "manager:string! 店长 / manager"]),
        MadeUpOperation(
            "stores.add_clerk", .append("stores", list: "clerks"),
            ["storeCode:string! 门店编号", "name:string! 姓名 / name", "phone:string 电话 / telephone"]),
    ]

    // MARK: 营销体系

    private static let marketing: [MadeUpOperation] = [
        MadeUpOperation(
            "members.login_by_openid", .save("members"), ["openid:string! 微信OPENID", "nickname:string 昵称 / name"]),
        MadeUpOperation("members.get", .get("members"), ["openid:string! 微信OPENID"]),
        MadeUpOperation("members.list", .list("members"), ["nickname:string 昵称 / name"]),
        MadeUpOperation(
            "lottery.draw", .core, ["openid:string! 微信OPENID", "code:string! 数码 / code"], effect: .write,
            response: ["won:boolean", "prize:string", "winningNo:string"]),
        MadeUpOperation(
            "lottery.find_template", .core, ["code:string 数码 / code"], response: ["templateNo:string", "name:string"]),
        MadeUpOperation(
            "lottery.sync_winnings", .saveBatch("winnings", list: "winnings"),
            ["winnings:object[]! 中奖数据 / winnings, each with winningNo"]),
        MadeUpOperation("marketing.reports.winnings", .list("winnings"), ["openid:string 微信OPENID"]),
        MadeUpOperation("marketing.reports.scans", .core, ["code:string 数码 / code"], isPaged: true),
        MadeUpOperation(
            "marketing.box_code_participated", .core, ["code:string! 外箱码 / outer box code"],
            response: ["participated:boolean"]),
        MadeUpOperation(
            "mall.sync_gift_groups", .saveBatch("giftGroups", list: "groups"),
            ["groups:object[]! 礼品分组 / groups, each with groupNo"]),
        MadeUpOperation(
            "mall.sync_gifts", .saveBatch("mallGifts", list: "gifts"), ["gifts:object[]! 礼品 / gifts, each with giftNo"]),
        MadeUpOperation(
            "mall.update_order_status", .save("mallOrders"),
            ["orderNo:string! 订单编号 / order number", "status:string! 状态 / status"]),
    ]

    private static let activity = [
        "activityNo:string! 活动编号 / activity number", "activityName:string! 活动名称 / name", "startTime:string 开始",
        "endTime:string 结束", "gifts:object[] 礼品 / gifts",
    ]

    private static let payout: [MadeUpOperation] = [
        MadeUpOperation(
            "payout.wechat", .create("payments"),
            [
                "paymentNo:string! 发放单号 / payment number", "openid:string! 微信OPENID",
                "amount:integer! 金额(分) / amount in fen",
            ]),
        MadeUpOperation("payout.activities.save", .save("activities"), activity),
        MadeUpOperation("payout.activities.update", .update("activities"), activity),
        MadeUpOperation(
            "payout.activities.update_gifts", .update("activities"),
            ["activityNo:string! 活动编号", "gifts:object[]! 礼品 / gifts"]),
        MadeUpOperation("payout.activities.delete", .delete("activities"), ["activityNo:string! 活动编号"]),
        MadeUpOperation(
            "payout.activities.delete_gift", .core, ["activityNo:string! 活动编号", "giftNo:string! 礼品编号 / gift number"],
            effect: .write, response: ["gifts:object[]"]),
        MadeUpOperation("payout.activities.can_delete", .canDelete("activities"), ["activityNo:string! 活动编号"]),
        MadeUpOperation("payout.activities.list_page", .list("activities"), ["activityName:string 活动名称"]),
        MadeUpOperation("payout.activities.list_page_with_gifts", .list("activities"), ["activityName:string 活动名称"]),
        MadeUpOperation("payout.activities.list", .all("activities"), ["activityName:string 活动名称"]),
        MadeUpOperation("payout.activities.list_with_gifts", .all("activities"), ["activityName:string 活动名称"]),
        MadeUpOperation("payout.payments.list", .list("payments"), ["openid:string 微信OPENID"]),
        MadeUpOperation("payout.payments.list_with_gifts", .list("payments"), ["openid:string 微信OPENID"]),
        MadeUpOperation("payout.gifts.list", .list("gifts"), ["giftName:string 礼品名称"]),
        MadeUpOperation(
            "payout.gifts.get", .get("gifts"), ["giftNo:string! 礼品编号 / gift number; G-1 is there from the start"]),
        MadeUpOperation(
            "payout.recharge.purchase", .create("recharges"),
            ["orderNo:string! 订单编号", "giftNo:string! 礼品编号", "quantity:integer! 数量"]),
        MadeUpOperation("payout.recharge.cancel", .setStatus("recharges", "cancelled"), ["orderNo:string! 订单编号"]),
        MadeUpOperation("payout.recharge.get", .get("recharges"), ["orderNo:string! 订单编号"]),
        MadeUpOperation("payout.recharge.review", .setStatus("recharges", "reviewed"), ["orderNo:string! 订单编号"]),
        MadeUpOperation(
            "payout.stock.withdraw", .create("withdrawals"),
            ["withdrawalNo:string! 第三方提取id", "giftNo:string! 礼品编号", "quantity:integer! 数量"]),
        MadeUpOperation("payout.stock.get_withdrawal_status", .status("withdrawals"), ["withdrawalNo:string! 第三方提取id"]),
    ]

    // MARK: 数码中台

    private static let codeCentre: [MadeUpOperation] = [
        MadeUpOperation(
            "codes.orders.create", .create("codeOrders"),
            ["orderNo:string! 订单编号", "quantity:integer! 数量 / 1 to 100000", "labelNo:string 标签 / label"]),
        MadeUpOperation("codes.orders.get_status", .status("codeOrders"), ["orderNo:string! 订单编号"]),
        MadeUpOperation(
            "codes.orders.get_printer_package", .core, ["orderNo:string! 订单编号"], shape: .download, response: []),
        MadeUpOperation(
            "codes.bind", .core,
            ["parent:string! 外箱码 / outer code", "children:string[]! 数码 / codes that were produced"],
            effect: .idempotent, response: ["bound:integer", "rejected:object[]"]),
        MadeUpOperation(
            "codes.download_inbound_package", .core, ["orderNo:string! 物流单号 / logistics order"], shape: .download,
            response: []),
        MadeUpOperation("codes.orders.list_labels", .core, [], response: ["records:object[]"]),
        MadeUpOperation(
            "codes.melbourne.combine", .save("combinations"), ["combinationNo:string! 组合编号", "codes:string[]! 数码"]),
        MadeUpOperation(
            "codes.melbourne.find_p", .find("combinations", keys: "combinationNos"), ["combinationNos:string[]! 组合编号"]),
        MadeUpOperation("codes.melbourne.find_d", .core, ["codes:string[]! 数码"], response: ["records:object[]"]),
        MadeUpOperation(
            "labels.authorize", .save("authorizations"), ["authorizationNo:string! 授权编号", "labelNo:string! 标签"]),
        MadeUpOperation("labels.orders.get", .get("labelOrders"), ["orderNo:string! 订单编号"]),
        MadeUpOperation("labels.orders.cancel", .setStatus("labelOrders", "cancelled"), ["orderNo:string! 订单编号"]),
        MadeUpOperation(
            "labels.orders.create", .create("labelOrders"),
            ["orderNo:string! 订单编号", "labelNo:string! 标签", "quantity:integer! 数量"]),
        MadeUpOperation(
            "codes.motul.exists", .core, ["searchCode:string! 数码 / code", "queryType:integer"],
            response: ["exists:boolean"]),
    ]
}
