import type { Locator, Page } from 'playwright-core';
import { comes } from './chosenAgain.js';
import { exactly } from './until.js';

export interface Toast {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The notifications at the lower right. */
export class Toasts {
  readonly #items: Locator;

  constructor(readonly page: Page) {
    this.#items = page.locator('.notifications-toasts .notification-list-item');
  }

  /** What is shown at the moment, newest first. */
  async all(): Promise<Toast[]> {
    return this.#items.evaluateAll((items) =>
      items.map((item) => {
        const icon = item.querySelector('.notification-list-item-icon')?.className ?? '';
        return {
          severity: icon.includes('error') ? ('error' as const) : icon.includes('warning') ? ('warning' as const) : ('info' as const),
          message: item.querySelector('.notification-list-item-message')?.textContent ?? '',
          buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map((button) => button.textContent.trim()),
        };
      }),
    );
  }

  /** What was told and not dismissed, also what is hidden by now; opens their list. */
  async past(): Promise<string[]> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.statusbar-item[id="status.notifications"]').click({ timeout: 3_000 });
    return this.page.locator('.notifications-center .notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification that holds this text. */
  async waitFor(text: string | RegExp): Promise<Toast> {
    const item = this.#find(text);
    await item.waitFor();
    const message = await item.locator('.notification-list-item-message').innerText();
    const found = (await this.all()).find((toast) => toast.message.trim() === message.trim());
    return found ?? { severity: 'info', message, buttons: [] };
  }

  /** Waits for the notification, then presses one of its buttons. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const item = this.#find(text);
    await item.hover();
    await item.locator('.monaco-button', { hasText: exactly(button) }).click();
  }

  async dismiss(text: string | RegExp): Promise<void> {
    const item = this.#find(text);
    await item.hover();
    await item.locator('.codicon-notifications-clear').click();
    await item.waitFor({ state: 'detached' });
  }

  #find(text: string | RegExp): Locator {
    return this.#items.filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) }).first();
  }
}

export interface ModalText {
  readonly message: string;
  readonly detail: string;
  /** In the order shown; Cancel among them. */
  readonly buttons: readonly string[];
}

/** The modal dialog. */
export class Modal {
  readonly box: Locator;

  constructor(readonly page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  async isOpen(): Promise<boolean> {
    return this.box.isVisible();
  }

  /** Waits for it, and reads it. */
  async read(): Promise<ModalText> {
    await comes(this.page, this.box);
    const detail = this.box.locator('.dialog-message-detail');
    return {
      message: await this.box.locator('.dialog-message-text').innerText(),
      detail: (await detail.isVisible()) ? await detail.innerText() : '',
      buttons: (await this.box.locator('.dialog-buttons .monaco-button').allTextContents()).map((text) => text.trim()),
    };
  }

  /** Waits for it, presses a button, and waits until it is gone. */
  async press(button: string): Promise<void> {
    await this.box.locator('.dialog-buttons .monaco-button', { hasText: exactly(button) }).click();
    await this.box.waitFor({ state: 'detached' });
  }

  /** The first change under a cloud account's credentials is always confirmed; what the dialog said of them. */
  async agreeToFirstChange(button = 'Join'): Promise<string> {
    await this.box.locator('.dialog-message-detail', { hasText: 'This is the first change under these credentials.' }).waitFor();
    const { detail } = await this.read();
    await this.press(button);
    return detail;
  }
}
