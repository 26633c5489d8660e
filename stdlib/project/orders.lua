--- What the scripts of this project do with production orders.
local c8 = require "c8"
local flow = require "c8.flow"

local orders = {}

local NO_SUCH_ORDER = 99001001 -- the emulator's code: put the one of your documentation here

--- The order of that number, or nil where the platform says that there is none.
function orders.find(number)
  local ok, result = pcall(c8.production.orders.get, { orderNo = number })
  if ok then
    return result
  elseif result.code == NO_SUCH_ORDER then
    return nil
  end
  error(result, 0)
end

--- Makes the order unless it was made before, and returns it as the platform has it.
function orders.make(number, product, quantity)
  return flow.run("order " .. number, function(f)
    f:step("create", function()
      return c8.production.orders.create { orderNo = number, productCode = product, quantity = quantity }
    end, {
      -- Asked only where a crash or a lost answer leaves it open whether the order was made.
      verify = function() return orders.find(number) end,
    })
    return f:step("look", function() return orders.find(number) end)
  end)
end

return orders
