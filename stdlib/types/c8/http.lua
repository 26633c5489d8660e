---@meta c8.http

--- Requests to hosts that `--allow-net` grants; the platform itself is called through `c8`.
---@class c8.http
local http = {}

---@alias c8.HTTPText string | number | boolean | c8.Secret | (string | number | c8.Secret)[]

---@class (exact) c8.HTTPOptions
---@field headers? table<string, c8.HTTPText>
---@field query? table<string, c8.HTTPText>
---@field body? c8.HTTPText
---@field json? any A value that is sent as JSON, in place of body.
---@field timeout? number Seconds for the whole exchange; 30 if nil.
---@field max_body? integer The longest answer in bytes; 64 MiB if nil.
---@field redirects? integer How many are followed; 10 if nil.

---@class (exact) c8.HTTPRequest: c8.HTTPOptions
---@field url string
---@field method? string GET if nil.

---@class c8.HTTPResponse
---@field status integer
---@field headers table<string, string> By their names in any case.
---@field body string
---@field url string Where the answer came from, after redirects.
---@field json fun(): any The body, decoded.

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.get(url, options) end

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.head(url, options) end

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.post(url, options) end

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.put(url, options) end

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.patch(url, options) end

---@async
---@param url string
---@param options? c8.HTTPOptions
---@return c8.HTTPResponse
function http.delete(url, options) end

---@async
---@param request c8.HTTPRequest
---@return c8.HTTPResponse
function http.request(request) end

return http
