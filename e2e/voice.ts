// A voice for pages: no browser of the journeys has one.
import { type Page } from '@playwright/test';

/** Gives the page one voice of this language, and notes what it is to say. */
export async function giveVoice(page: Page, language: string): Promise<void> {
  await page.addInitScript((lang) => {
    const said: string[] = [];
    const speech = {
      speaking: false,
      pending: false,
      getVoices: () => [{ lang, name: lang }],
      speak(utterance: { text: string }) {
        said.push(utterance.text);
        this.speaking = true;
      },
      cancel() {
        this.speaking = false;
      },
    };
    function Utterance(this: { text: string }, text: string): void {
      this.text = text;
    }
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    Object.assign(window, { SpeechSynthesisUtterance: Utterance, said });
  }, language);
}
