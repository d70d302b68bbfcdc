"""The steps of a job that must happen whole or not at all, as Lua that Redis runs in one piece."""

# A batch is over once as many of its jobs have ended as it has; who asked to be told of it is then due a call.
NOTE_END = """
local function make_due(kind, id)
  redis.call('HDEL', 'rolefit:' .. kind .. ':' .. id, 'calls')
  redis.call('ZADD', 'rolefit:due', redis.call('TIME')[1], kind .. ':' .. id)
end

local function note_batch_end(batch)
  local jobs, callback = unpack(redis.call('HMGET', 'rolefit:batch:' .. batch, 'jobs', 'callback_url'))
  if callback and tonumber(jobs) == redis.call('SCARD', 'rolefit:ended:' .. batch) then make_due('batch', batch) end
end

local function note_end(job, id, seconds)
  local batch, callback = unpack(redis.call('HMGET', job, 'batch', 'callback_url'))
  if callback then make_due('job', id) end
  if not batch then return end
  local new = redis.call('SADD', 'rolefit:ended:' .. batch, id)
  redis.call('EXPIRE', 'rolefit:ended:' .. batch, seconds)
  redis.call('EXPIRE', 'rolefit:batch:' .. batch, seconds)
  if new == 1 then note_batch_end(batch) end
end
"""

# What an idempotency key stands for: nothing yet, or {'known', id}, or {'reused'} when it came with other bytes.
FIND_KNOWN = """
local function find_known(request, digest)
  if digest == '' then return nil end
  local known = redis.call('HMGET', request, 'id', 'digest')
  if not known[1] then return nil end
  return known[2] == digest and {'known', known[1]} or {'reused'}
end

local function keep_request(request, id, digest, seconds)
  if digest == '' then return end
  redis.call('HSET', request, 'id', id, 'digest', digest)
  redis.call('EXPIRE', request, seconds)
end
"""

# KEYS: job, document, report, pending, request, result. ARGV: job id, digest if there is an idempotency key, retention
# seconds, now, content, report if it is known already, most jobs that may wait if that counts, versions if an earlier
# report will do, and the fields of the job. Answers {'made'}, what find_known says, {'full'}, or {'scored', report}
# when there is an earlier report: then nothing is stored yet.
SUBMIT = (
    FIND_KNOWN
    + NOTE_END
    + """
local id, digest, seconds, now, content, report, most, versions = unpack(ARGV, 1, 8)
local known = find_known(KEYS[5], digest)
if known then return known end
if most ~= '' and redis.call('ZCARD', KEYS[4]) >= tonumber(most) then return {'full'} end
local stored = versions ~= '' and redis.call('GET', KEYS[6]) or ''
local under, scored = string.match(stored, '^(%S+) (%S+)$')
local earlier = under == versions and redis.call('GET', 'rolefit:report:' .. scored)
if earlier then return {'scored', earlier} end
keep_request(KEYS[5], id, digest, seconds)
redis.call('HSET', KEYS[1], unpack(ARGV, 9))
redis.call('EXPIRE', KEYS[1], seconds)
if report ~= '' then
  redis.call('SET', KEYS[3], report, 'EX', seconds)
  note_end(KEYS[1], id, seconds)
else
  redis.call('SET', KEYS[2], content, 'EX', seconds)
  redis.call('ZADD', KEYS[4], now, id)
  redis.call('EXPIRE', KEYS[4], seconds)
end
return {'made'}
"""
)

# KEYS: batch, request. ARGV: batch id, digest if there is an idempotency key, retention seconds, the batch's fields.
CREATE_BATCH = (
    FIND_KNOWN
    + NOTE_END
    + """
local known = find_known(KEYS[2], ARGV[2])
if known then return known end
keep_request(KEYS[2], ARGV[1], ARGV[2], ARGV[3])
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('EXPIRE', KEYS[1], ARGV[3])
note_batch_end(ARGV[1])
return {'made', ARGV[1]}
"""
)

# KEYS: job, lease, document, pending. ARGV: job id, holder, lease seconds, most attempts, now.
# Answers: name, document and time of submission, or why there is nothing to do.
BEGIN = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'done' or state == 'failed' then
  redis.call('ZREM', KEYS[4], ARGV[1])
  return {'over'}
end
if not redis.call('SET', KEYS[2], ARGV[2], 'NX', 'EX', ARGV[3]) then return {'held'} end
if tonumber(redis.call('HGET', KEYS[1], 'attempts')) >= tonumber(ARGV[4]) then return {'exhausted'} end
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'state', 'running')
redis.call('HSETNX', KEYS[1], 'started_at', ARGV[5])
local facts = redis.call('HMGET', KEYS[1], 'name', 'submitted_at')
return {'begun', facts[1], redis.call('GET', KEYS[3]), facts[2]}
"""

# KEYS: lease. ARGV: holder.
RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""

# KEYS: job, lease, document, pending, report, clean, metrics. ARGV: job id, now, retention seconds, versions, state,
# report, error, outline, '1' to keep the document, then names of counts and what to add to each.
# Answers 1 if this call ended the job, 0 if it was over already or erased: the first result stays.
FINISH = (
    NOTE_END
    + """
local id, now, seconds, versions, state, report, error, outline, kept = unpack(ARGV, 1, 9)
local before, request, result = unpack(redis.call('HMGET', KEYS[1], 'state', 'request', 'result'))
if not before or before == 'done' or before == 'failed' then return 0 end
redis.call('HSET', KEYS[1], 'state', state, 'finished_at', now)
if report ~= '' then
  redis.call('SET', KEYS[5], report, 'EX', seconds)
  redis.call('HSET', KEYS[1], 'outline', outline)
  if result then redis.call('SET', result, versions .. ' ' .. id, 'EX', seconds) end
end
if error ~= '' then redis.call('HSET', KEYS[1], 'error', error) end
redis.call('EXPIRE', KEYS[1], seconds)
if request then redis.call('EXPIRE', request, seconds) end
if kept == '1' then redis.call('EXPIRE', KEYS[3], seconds) else redis.call('DEL', KEYS[3]) end
redis.call('DEL', KEYS[2], KEYS[6])
redis.call('HINCRBY', KEYS[7], 'attempts', redis.call('HGET', KEYS[1], 'attempts'))
for i = 10, #ARGV, 2 do redis.call('HINCRBYFLOAT', KEYS[7], ARGV[i], ARGV[i + 1]) end
redis.call('ZREM', KEYS[4], id)
note_end(KEYS[1], id, seconds)
return 1
"""
)

# KEYS: job, lease, document, pending, report, deliveries, due, clean. ARGV: job id, retention seconds.
# A server that is full still deletes, but notes nothing new.
ERASE = (
    NOTE_END
    + """
local request, result = unpack(redis.call('HMGET', KEYS[1], 'request', 'result'))
if request then redis.call('DEL', request) end
local stored = result and redis.call('GET', result)
if stored and string.sub(stored, -#ARGV[1]) == ARGV[1] then redis.call('DEL', result) end
redis.call('HDEL', KEYS[1], 'callback_url')
pcall(note_end, KEYS[1], ARGV[1], ARGV[2])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[5], KEYS[6], KEYS[8])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZREM', KEYS[7], 'job:' .. ARGV[1])
"""
)

# KEYS: job, document, pending, due. ARGV: job id, now, retention seconds.
# Answers 1 if the job waits again, 0 if it cannot.
RETRY = """
if redis.call('HGET', KEYS[1], 'state') ~= 'failed' or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'state', 'queued', 'attempts', 0)
redis.call('HDEL', KEYS[1], 'error', 'started_at', 'finished_at')
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
redis.call('ZREM', KEYS[4], 'job:' .. ARGV[1])
for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[3]) end
local batch = redis.call('HGET', KEYS[1], 'batch')
if batch then redis.call('SREM', 'rolefit:ended:' .. batch, ARGV[1]) end
return 1
"""

# KEYS: due, record. ARGV: what is due, seconds for which it is taken up. Answers which attempt this is, 0 if it is
# not due; a second's grace, for messages come a little early.
CLAIM_CALL = """
local now = tonumber(redis.call('TIME')[1])
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not at or tonumber(at) > now + 1 then return 0 end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  return 0
end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return redis.call('HINCRBY', KEYS[2], 'calls', 1)
"""
