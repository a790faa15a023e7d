import { describe, expect, it } from 'vitest';
import { openWorkbench, showTheme } from './support/session.js';

describe('the workbench', () => {
  it('offers the palette and runs a command from it', async () => {
    const workbench = await openWorkbench({ theme: 'light' });
    expect(await workbench.findCommands('Show All Commands')).toContain('Show All Commands');
    await workbench.runCommand('Help: About');
    const { buttons } = await workbench.modal.read();
    expect(buttons).toContain('OK');
    await workbench.modal.press('OK');
  });

  it('follows the theme that the settings name', async () => {
    const workbench = await openWorkbench({ theme: 'dark' });
    await showTheme(workbench, 'contrast');
    await showTheme(workbench, 'contrastLight');
    await showTheme(workbench, 'light');
  });
});
