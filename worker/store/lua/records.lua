-- The keys of a job and of a batch, which expire and are deleted together. Prepended to every script.
local JOB_PARTS = {'job', 'report', 'search_facts', 'page_pictures', 'scored_roles'}
local PENDING_JOB_PARTS = {'document', 'lease'}  -- each expires at its own time
local BATCH_PARTS = {'batch', 'ended', 'changed', 'scored_roles'}

local function renew_expiry(parts, id)
  for _, part in ipairs(parts) do redis.call('EXPIRE', names[part] .. id, seconds.record) end
end

local function delete_parts(parts, id)
  for _, part in ipairs(parts) do redis.call('DEL', names[part] .. id) end
end

-- Let a job or a batch expire as late as one that is stored now.
local function keep_job(job_id) renew_expiry(JOB_PARTS, job_id) end
local function keep_batch(batch_id) renew_expiry(BATCH_PARTS, batch_id) end

-- Deletes every part of a job or a batch, and its webhook.
local function delete_record(kind, id, parts)
  delete_parts(parts, id)
  redis.call('DEL', names.deliveries .. kind .. ':' .. id, names.clean)
  redis.call('ZREM', names.due, kind .. ':' .. id)
end

local function delete_job(job_id)
  delete_parts(PENDING_JOB_PARTS, job_id)
  delete_record('job', job_id, JOB_PARTS)
end

local function delete_batch(batch_id) delete_record('batch', batch_id, BATCH_PARTS) end
