-- flow.lua NUMBER STEPS: a flow that makes so many orders, each in a step that writes.
local c8, flow, task = require "c8", require "c8.flow", require "c8.task"
local number, steps = (...), math.tointeger((select(2, ...)))

print(flow.run("flow " .. number, function(f)
  for i = 1, steps do
    local order = number .. "-" .. i
    f:step("create " .. i, function()
      return c8.production.orders.create{orderNo = order, productCode = "S", quantity = 1}.orderNo
    end, {verify = function()
      local ok, result = pcall(c8.production.orders.get, {orderNo = order})
      if ok then return result.orderNo end
      -- The platform says that there is no such order.
      if result.code == 99001001 then return nil end
      error(result, 0)
    end})
    task.sleep(0.2)
  end
  return ("made %d"):format(steps)
end))
