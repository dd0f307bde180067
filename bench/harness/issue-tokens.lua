-- wrk -s issue-tokens.lua URL -- CREDENTIALS RESOURCE: client credentials (RFC 6749 section 4.4), one new token each.
local issue

function init(args)
  issue = wrk.format("POST", nil, {
    ["Authorization"] = "Basic " .. args[1],
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, "grant_type=client_credentials&resource=" .. args[2])
end

function request()
  return issue
end

function done(summary, _, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  local report = '{"requests":%d,"seconds":%.6f,"failed":%d,"refused":%d}\n'
  io.write(string.format(report, summary.requests, summary.duration / 1e6, failed, errors.status))
end
