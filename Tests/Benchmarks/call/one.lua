-- One call, and what it said.
local c8 = require "c8"
print(c8.production.orders.create { orderNo = "A-1", quantity = 500 }.accepted)
