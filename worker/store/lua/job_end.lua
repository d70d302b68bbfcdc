-- The end of a job: when it is reached, and the webhooks and counts that follow. Prepended to every script.

-- Returns whether a job with this state has ended; a job without a state was deleted or has expired.
local function has_ended(state) return not state or state == 'done' or state == 'failed' end

-- Returns the key of the job or batch that a webhook is about, named as `job:{id}` or `batch:{id}`.
local function name_record(ref)
  local kind, id = string.match(ref, '^(%a+):(.*)$')
  return names[kind] .. id
end

-- Makes the webhook of a job or a batch due now, and counts its attempts from 1 again.
local function make_webhook_due(kind, id)
  redis.call('HDEL', names[kind] .. id, 'calls')
  redis.call('ZADD', names.due, redis.call('TIME')[1], kind .. ':' .. id)
end

-- Makes the webhook of a batch due once all of its jobs have ended. A job that is still joining the batch is not counted.
-- `have_all_ended` of batch_store.py is the same rule for the state of the batch.
local function check_end_of_batch(batch_id)
  local job_count, callback_url = unpack(redis.call('HMGET', names.batch .. batch_id, 'jobs', 'callback_url'))
  if callback_url and tonumber(job_count) == redis.call('SCARD', names.ended .. batch_id) then
    make_webhook_due('batch', batch_id)
  end
end

-- Counts a change of a batch, and records which of its jobs it is about, so that readers fetch only these again.
local function count_change(batch_id, job_ids)
  local number = redis.call('HINCRBY', names.batch .. batch_id, 'changes', 1)
  for _, job_id in ipairs(job_ids) do redis.call('ZADD', names.changed .. batch_id, number, job_id) end
  redis.call('EXPIRE', names.changed .. batch_id, seconds.record)
end

local function note_change(job_key)
  local batch_id = redis.call('HGET', job_key, 'batch')
  if batch_id and redis.call('EXISTS', names.batch .. batch_id) == 1 then
    count_change(batch_id, {string.sub(job_key, #names.job + 1)})
  end
end

local function note_end_of_job(job_key, job_id)
  local batch_id, callback_url = unpack(redis.call('HMGET', job_key, 'batch', 'callback_url'))
  if callback_url then make_webhook_due('job', job_id) end
  keep_list(job_key)
  note_change(job_key)
  if not batch_id or redis.call('HEXISTS', job_key, 'joining') == 1 then return end
  local is_new = redis.call('SADD', names.ended .. batch_id, job_id)
  keep_batch(batch_id)
  if is_new == 1 then check_end_of_batch(batch_id) end
end
