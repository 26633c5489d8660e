-- Tests of daily_production.lua, to be run in the project's folder:
--
--   c8run test --allow-read=examples/data/production examples

local fs = require "c8.fs"
local test = require "c8.test"
local describe, it, expect = test.describe, test.it, test.expect

local orders = "examples/data/production/orders.csv"

describe("the day's production", function()
  local reports

  test.before_each(function() reports = test.temp_dir() end)

  local function produce(options)
    options = options or {}
    options.args = { orders, reports }
    return test.run("daily_production.lua", options)
  end

  it("makes each order once, with all codes that are good", function()
    local emulator = test.emulator()
    local run = produce()
    expect(run.stdout).to_contain("PO-0601: 120 of 120 codes, 0 rejected\n")
    expect(run.exit, "an order is short of codes").to_be(1)
    local held = emulator.ledger().production_orders
    expect(held).to_have_length(3)
    expect(held[1]).to_match { orderNo = "PO-0601", status = "completed", uploaded = 120 }
    expect(held[3].codes).to_have_length(48)
  end)

  it("tells of codes that were not accepted", function()
    produce()
    expect(fs.read(reports .. "/PO-0603.csv")).to_match("\n21,SCANNER ERROR,,")
  end)

  it("does nothing again where all is done", function()
    local emulator = test.emulator()
    local first = produce()
    local calls = #emulator.calls()
    expect(produce()).to_equal(first)
    expect(emulator.calls()).to_have_length(calls)
  end)

  test.each { "before", "after", "done" }("goes on after a kill %s the order is made", function(moment)
    local emulator = test.emulator()
    expect(produce({ interrupt = { [moment] = "create" } }).interrupted).to_be(true)
    produce()
    local made = emulator.ledger().production_orders
    expect(made).to_have_length(3)
    for _, order in ipairs(made) do
      expect(#order.codes, order.orderNo).to_be(order.uploaded)
    end
  end)

  it("looks up an order whose answer was lost, and makes it no second time", function()
    local emulator = test.emulator {
      faults = { { kind = "cut-after", operation = "production.orders.create", times = 1 } },
    }
    expect(produce().stdout).to_contain("PO-0601: 120 of 120 codes")
    local made = 0
    for _, call in ipairs(emulator.calls("production.orders.create")) do
      made = made + (call.performed and 1 or 0)
    end
    expect(made).to_be(3)
  end)

  it("makes an order again that was not made, once that can be believed", function()
    test.clock { auto = true } -- the script waits some seconds for it
    local emulator = test.emulator {
      faults = { { kind = "cut-before", operation = "production.orders.create", times = 1 } },
    }
    expect(produce().stdout).to_contain("PO-0601: 120 of 120 codes")
    expect(emulator.calls("production.orders.create")).to_have_length(4)
    expect(emulator.ledger().production_orders).to_have_length(3)
  end)
end)
