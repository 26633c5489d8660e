-- c8.http: requests to hosts that are granted. All of it is the host's; the answer's table is made here.
local _, native, support = ...

local send, decode = native.request, native.json.decode
local lower, next, rawget, setmetatable, type = string.lower, next, rawget, setmetatable, type

--- Headers are there under their names in lower case, and answer to any other spelling.
local header_meta = {
  __name = "c8.http.headers",
  __metatable = false,
  __index = function(headers, name)
    if type(name) ~= "string" then
      return nil
    end
    return rawget(headers, lower(name))
  end,
}

local function request(method, url, options)
  local status, headers, body, final_url = send(method, url, options)
  return {
    status = status,
    headers = setmetatable(headers, header_meta),
    body = body,
    url = final_url,
    json = function()
      return decode(body)
    end,
  }
end

local http = {}

for _, method in next, { "get", "head", "post", "put", "patch", "delete" } do
  http[method] = function(url, options)
    return request(method, url, options)
  end
end

--- `http.request{url = "https://…", method = "POST", …}`: the other functions' options in one table with the rest.
function http.request(options)
  if type(options) ~= "table" then
    support.expect("table", 1, "request", options)
  end
  local rest = {}
  for name, value in next, options do
    if name ~= "method" and name ~= "url" then
      rest[name] = value
    end
  end
  return request(options.method or "GET", options.url, rest)
end

return http
