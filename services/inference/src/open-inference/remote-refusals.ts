import { Problem } from '@bellwether/contracts';

export function remoteNotConfigured(): Problem {
  return new Problem(409, 'remote-not-configured', 'No server of the Open Inference Protocol is configured.', {
    cure: 'Set OIP_URL, or ask /predict/{item}, which predicts here.',
  });
}

export function remoteTimeout(milliseconds: number): Problem {
  return new Problem(504, 'remote-timeout', `The inference server did not answer within ${milliseconds} ms.`, {
    cure: 'Look whether it is overloaded, or raise OIP_TIMEOUT_SECONDS; /predict/{item} predicts here.',
  });
}

/** @param detail what happened, without addresses: whoever asks need not know them */
export function remoteFailed(detail: string): Problem {
  return new Problem(502, 'remote-failed', `The inference server gave no prediction: ${detail}.`, {
    cure: 'Look whether it is up and has the model under OIP_MODEL; /predict/{item} predicts here.',
  });
}
