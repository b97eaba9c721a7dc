import { expect, test } from 'vitest';
import { messageText, terminalText } from '../src/terminal-text.js';

test('a name cannot move the cursor, colour the screen or begin a line', () => {
  expect(terminalText('a\u001b[31m\nb\u0007c\u009b')).toBe('a\ufffdb\ufffdc\ufffd');
});

test('the lines of a message are joined', () => {
  expect(messageText('[mov] moov atom not found\n  x.mp4: Invalid data\r\n')).toBe(
    '[mov] moov atom not found; x.mp4: Invalid data',
  );
});
