import * as vscode from 'vscode';

/** One question of a dialog that asks for texts. */
export interface InputStep {
  readonly prompt: string;
  readonly placeholder?: string;
  /** Shown as dots. */
  readonly isSecret?: boolean;
  readonly value?: string;
  /** What is wrong with the text, if anything. */
  readonly flaw: (text: string) => string | undefined;
}

/**
 * Asks for one text after the other; Back keeps what was typed. The box stays while the person fetches a text from
 * elsewhere.
 * @returns the texts without spaces around them, or undefined when the box was closed
 */
export async function askInSteps(title: string, steps: readonly InputStep[]): Promise<readonly string[] | undefined> {
  const typed = steps.map(({ value = '' }) => value);
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (step === undefined) break;
    const answer = await ask({ ...step, value: typed[at] ?? '' }, { title, at: at + 1, of: steps.length });
    if (answer === undefined) return undefined;
    typed[at] = answer.text;
    at += answer.back ? -1 : 1;
  }
  return typed.map((text) => text.trim());
}

interface Answer {
  readonly text: string;
  readonly back: boolean;
}

function ask(step: InputStep, place: { readonly title: string; readonly at: number; readonly of: number }): Promise<Answer | undefined> {
  const box = vscode.window.createInputBox();
  box.title = place.title;
  box.step = place.at;
  box.totalSteps = place.of;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder;
  box.password = step.isSecret === true;
  box.value = step.value ?? '';
  box.ignoreFocusOut = true;
  box.buttons = place.at > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    let answer: Answer | undefined;
    const end = (given: Answer) => {
      answer = given;
      box.hide();
    };
    box.onDidChangeValue(() => { box.validationMessage = undefined; });
    box.onDidAccept(() => {
      const flaw = step.flaw(box.value.trim());
      if (flaw === undefined) end({ text: box.value, back: false });
      else box.validationMessage = flaw;
    });
    box.onDidTriggerButton(() => { end({ text: box.value, back: true }); });
    box.onDidHide(() => {
      resolve(answer);
      box.dispose();
    });
    box.show();
  });
}
