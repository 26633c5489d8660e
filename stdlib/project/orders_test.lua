-- c8run test
local test = require "c8.test"
local orders = require "orders"

local describe, it, expect = test.describe, test.it, test.expect

describe("orders", function()
  it("finds nothing where no order is", function()
    expect(orders.find("PO-404")).to_be_nil()
  end)

  it("makes an order that the platform then has", function()
    local order = orders.make("PO-1", "SKU-1001", 500)
    expect(order.orderNo).to_be("PO-1")
    expect(order.quantity).to_be(500)
  end)

  it("makes an order once, though it is asked twice", function()
    local first = orders.make("PO-2", "SKU-1001", 10)
    local second = orders.make("PO-2", "SKU-1001", 10)
    expect(second.orderId).to_be(first.orderId)
  end)
end)
