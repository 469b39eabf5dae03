// Hears what a page complains about: console errors, uncaught exceptions, reports of the CSP.
import type { BrowserContext, ConsoleMessage } from '@playwright/test';
import { expect } from '@playwright/test';

/** Chromium writes one such line for each refused or failed request. */
const FAILED_REQUEST = /^Failed to load resource: .*(?:status of (\d{3})|(net::ERR_[A-Z_]+))/;

/** What pages of a context complained about. A test fails on any that it did not announce. */
export class Alarms {
  private readonly heard: string[] = [];
  private readonly announced: RegExp[] = [];

  /** Listens to every page of `context`, also to those that open later. */
  static async listen(context: BrowserContext): Promise<Alarms> {
    const alarms = new Alarms();
    await context.exposeBinding('__reportViolation', (_source, report: string) => {
      alarms.heard.push(`Content Security Policy: ${report}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const report = `${event.violatedDirective} blocked ${event.blockedURI || 'inline'}`;
        (window as unknown as { __reportViolation(report: string): void }).__reportViolation(report);
      });
    });
    context.on('console', (message) => alarms.note(message));
    context.on('weberror', (error) => alarms.heard.push(`uncaught: ${error.error().message}`));
    return alarms;
  }

  /** Says that this test provokes a refusal with `status`, e.g. by a wrong password. */
  expectRefusal(status: number): void {
    this.announced.push(new RegExp(`^request failed: ${status} `));
  }

  /** Says that this test cuts the network, so that requests fail without a reply. */
  expectNetworkFailures(): void {
    this.announced.push(/^request failed: net::ERR_/);
  }

  /** Says that this test loses a part of the app on its way; the script that fetches parts writes such a line. */
  expectLostParts(): void {
    this.expectNetworkFailures();
    this.announced.push(/^console: TypeError: Failed to fetch/);
  }

  /** Fails on everything that was heard and not announced. */
  expectNone(): void {
    const surprises = this.heard.filter((line) => !this.announced.some((pattern) => pattern.test(line)));
    expect(surprises, 'console errors and CSP reports').toEqual([]);
  }

  private note(message: ConsoleMessage): void {
    if (message.type() !== 'error') {
      return;
    }
    const failed = FAILED_REQUEST.exec(message.text());
    this.heard.push(
      failed ? `request failed: ${failed[1] ?? failed[2]} ${message.location().url}` : `console: ${message.text()}`,
    );
  }
}
