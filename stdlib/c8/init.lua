-- c8: the platform's operations under their catalogue ids, `c8.production.orders.create{…}`.
local _, native, support = ...

local call, resolve, is_module = native.call, native.resolve, native.is_module
local rawset, require, setmetatable, type = rawset, require, setmetatable, type
local environment = _ENV

--- The data stands in the envelope too, as the same value.
local function finish(data, envelope)
  if envelope then
    envelope.data = data
  end
  return data, envelope
end

local new_node

local node_meta = {
  __name = "c8.operation",
  __metatable = false,
}

--- A node is a section of the catalogue or an operation; `resolve` raises for a name that is neither.
function node_meta.__index(node, name)
  if type(name) ~= "string" then
    return nil
  end
  local child = new_node(node[node_meta] .. "." .. name)
  rawset(node, name, child)
  return child
end

function node_meta.__call(node, body, opts)
  return finish(call(node[node_meta], body, opts))
end

function node_meta.__tostring(node)
  return "c8." .. node[node_meta]
end

function new_node(id)
  resolve(id)
  return setmetatable({ [node_meta] = id }, node_meta)
end

local c8 = {}

--- Calls an operation by its id. Returns the data of the answer and the envelope around it.
function c8.call(id, body, opts)
  if type(id) ~= "string" then
    support.expect("string", 1, "c8.call", id)
  end
  return finish(call(id, body, opts))
end

--- Makes a request that the catalogue lacks: `c8.request{method = "GET", path = "/…", query = {…}, body = …}`.
function c8.request(request, opts)
  return finish(native.request(request, opts))
end

local pages

--- An iterator over all items of a paged operation.
function c8.pages(id, body, opts)
  pages = pages or native.load_pages()(environment)(native, support)
  return pages(id, body, opts)
end

local upload

--- Sends the rows of a file or of a table in batches, several at a time.
function c8.upload(request)
  upload = upload or native.load_upload()(environment)(native, support)
  return upload(request)
end

--- A file as a field of a call's body, sent as a part of a form: `c8.file("photo.jpg", {name = "front.jpg"})`.
c8.file = native.file

c8.profile = native.profile
c8.dry_run = native.dry_run

return setmetatable(c8, {
  __name = "c8",
  __index = function(self, name)
    if type(name) ~= "string" then
      return nil
    end
    local value
    if is_module(name) then
      value = require("c8." .. name)
    else
      value = new_node(name)
    end
    rawset(self, name, value)
    return value
  end,
})
