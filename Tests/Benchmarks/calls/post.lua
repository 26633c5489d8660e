-- What wrk sends: the request that calls.lua makes.
local wrk = _G.wrk
wrk.method = "POST"
wrk.body = '{"orderNo":"A-1","quantity":500}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "benchmark-token"
