import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithShared } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { openTokenizer } from '../../src/index.js';

interface ClipTexts {
  readonly texts: readonly { readonly kind: string; readonly text: string; readonly hf_fast_ids: number[] }[];
}

interface RobertaBatch {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
}

interface RobertaTexts {
  readonly texts: readonly { readonly text: string; readonly input_ids: number[] }[];
  readonly batch_longest: RobertaBatch;
  readonly batch_77: RobertaBatch;
}

interface SiglipReference {
  readonly texts: readonly string[];
  readonly input_ids: number[][];
}

// The references were made with transformers 4.57.6 and tokenizers 0.22.2 in Python. Ids are exact or wrong.
describeWithShared('tokenizers give the ids of Hugging Face’s fast ones', (shared) => {
  const read = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(shared, 'golden', file), 'utf8'));

  test.each(['golden/clip-tokenizer', 'golden/models/clip-tiny', 'models/clip-mnv2'])(
    'CLIP: %s',
    async (folder) => {
      const { texts } = await read<ClipTexts>('clip-tokenizer/clip-texts.json');
      const { encode } = await openTokenizer(join(shared, folder), { maxPositions: 77 });
      expect(texts).toHaveLength(43);
      for (const { text, hf_fast_ids } of texts) expect(encode(text), text).toEqual(hf_fast_ids);
    },
  );

  test('RoBERTa, one by one and in batches', async () => {
    const { texts, batch_longest, batch_77 } = await read<RobertaTexts>('clap-tokenizer/roberta-texts.json');
    const folder = join(shared, 'models/clap-yamnet');
    const { encode, encodeBatch } = await openTokenizer(folder, { maxPositions: 514 });
    expect(texts).toHaveLength(20);
    for (const { text, input_ids } of texts) expect(encode(text), text).toEqual(input_ids);

    const firstTexts = texts.slice(0, 4).map(({ text }) => text);
    expect(encodeBatch(firstTexts)).toEqual(batchOf(batch_longest));
    const padded = await openTokenizer(folder, { maxPositions: 77, padTo: 'max-length' });
    const count = batch_77.input_ids.length;
    expect(padded.encodeBatch(texts.slice(0, count).map(({ text }) => text))).toEqual(batchOf(batch_77));
  });

  test('SigLIP, always filled up to 64', async () => {
    const { texts, input_ids } = await read<SiglipReference>('models/siglip-tiny/reference.json');
    const { encodeBatch } = await openTokenizer(join(shared, 'golden/models/siglip-tiny'), {
      padTo: 'max-length',
    });
    expect(encodeBatch(texts).inputIds).toEqual(BigInt64Array.from(input_ids.flat(), BigInt));
  });
});

function batchOf({ input_ids, attention_mask }: RobertaBatch) {
  return {
    inputIds: BigInt64Array.from(input_ids.flat(), BigInt),
    attentionMask: BigInt64Array.from(attention_mask.flat(), BigInt),
    shape: [input_ids.length, input_ids[0]?.length],
  };
}
