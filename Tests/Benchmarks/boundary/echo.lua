-- Calls a function of the host with a string, and gets it back.
local call, n = ...
local names = { "order-100001", "a", "A-1001/7", "6901234567892", "c8.production.orders.create", "批次", "x-1", "" }
local sum = 0
local began = os.clock()
for i = 1, n do
  sum = sum + #call(names[(i & 7) + 1])
end
return os.clock() - began, sum
