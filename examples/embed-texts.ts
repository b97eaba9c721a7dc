import { cacheFolders, openTextTower, resolveModel } from '@deepffmpeg/models';

// npx tsx embed-texts.ts MODEL DIMENSION SENTENCE...
const [folder = 'models/clip', dimension = '512', ...sentences] = process.argv.slice(2);
const tower = await openTextTower({
  model: await resolveModel(folder),
  dimension: Number(dimension),
  maxPositions: 77,
  cacheFolder: cacheFolders().deepffmpeg,
});
try {
  const vectors = await tower.encode(sentences);
  console.log(`${vectors.length / Number(dimension)} vectors, ${tower.encodedCount} of them new`);
} finally {
  await tower.close();
}
