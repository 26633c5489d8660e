-- 50 calls of the emulator, which runs in the same process and so is counted too.
local c8 = require "c8"
for i = 1, 50 do
  local order = c8.production.orders.create { orderNo = "PO-" .. i, productCode = "SKU-1001", quantity = 5 }
  assert(order.orderNo == "PO-" .. i or order.orderId)
end
