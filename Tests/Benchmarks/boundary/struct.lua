-- Calls a function of the host with an order of ten fields of several types, and gets a figure of it back.
local call, n = ...
local order = {
  id = 1234567890123456789, number = "A-1001", sku = "6901234567892", quantity = 3, weight = 12.5,
  urgent = true, currency = "CNY", city = "Shanghai", line = 7, note = "handle with care",
}
local sum = 0
local began = os.clock()
for i = 1, n do
  order.quantity = i
  sum = sum + call(order)
end
return os.clock() - began, sum
