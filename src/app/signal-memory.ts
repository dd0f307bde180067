import type { EpochMs } from '../base/clock.ts';
import type { Artifact, ArtifactStore } from '../provider/index.ts';
import type { LogPosition } from '../revocation/index.ts';
import type { SignalMemory, StreamStore } from '../signals/index.ts';

/** 100 years, in milliseconds: what does not expire by itself. */
const always = 3_155_760_000_000;

/** Signals that were received, as rows that expire: the store purges them with all others. */
export function signalMemory(artifacts: ArtifactStore): SignalMemory {
  return Object.freeze<SignalMemory>({
    async knows(digest) {
      return (await artifacts.find('ReceivedSignal', digest)) !== undefined;
    },
    remember: (digest, until) => artifacts.put(row('ReceivedSignal', digest, {}, until)),
  });
}

/** How far each stream is, and which process tells it: two rows a stream. */
export function streamStore(artifacts: ArtifactStore): StreamStore {
  return Object.freeze<StreamStore>({
    async position(stream) {
      const { seq, mark } = (await artifacts.find('SignalStream', stream))?.payload ?? {};
      return typeof seq === 'number' && typeof mark === 'string' ? { seq, mark } : undefined;
    },
    advance: (stream, { seq, mark }: LogPosition) => artifacts.put(row('SignalStream', stream, { seq, mark }, always)),
    async hold(stream, holder, now, until) {
      const lease = row('SignalStreamHolder', stream, { holder }, until);
      if (await artifacts.add(lease, now)) return true;
      const held = await artifacts.find('SignalStreamHolder', stream);
      if (held?.payload['holder'] !== holder) return false;
      await artifacts.put(lease);
      return true;
    },
  });
}

function row(model: string, key: string, payload: Artifact['payload'], expiresAt: EpochMs): Artifact {
  return { model, key, payload, grantId: undefined, uid: undefined, consumedAt: undefined, expiresAt };
}
