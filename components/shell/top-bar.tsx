'use client';
// Project, palette, theme and user: what is the same on every page.
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { selectProject } from '@/server/console/actions/project';
import { signOut } from '@/components/auth/sign';
import { ActionMenu } from '@/components/ui/action-menu';
import { Kbd } from '@/components/ui/kbd';
import { useDrawn } from '@/components/ui/use-drawn';
import { useSession } from './session';
import classes from './top-bar.module.css';

function ProjectMenu() {
  const { project, projects } = useSession();
  if (projects.length === 1) return <span className={classes.project}>{project.name}</span>;
  return (
    <ActionMenu
      position="bottom-start"
      target={
        <button type="button" className={classes.switch}>
          <span>{project.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      }
      entries={[
        { kind: 'text', id: 'projects', text: 'Projects' },
        ...projects.map((other) => ({
          kind: 'item' as const,
          id: other.id,
          label: `${other.orgName} / ${other.name}`,
          right: other.id === project.id ? <IconCheck size={14} aria-hidden /> : null,
          onClick: () => void selectProject(other.id),
        })),
      ]}
    />
  );
}

function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  // The server does not know what was chosen in this browser: React would throw away the whole page that it has drawn.
  const isDrawn = useDrawn();
  const Other = isDrawn && scheme === 'dark' ? IconSun : IconMoon;
  return (
    <ActionIcon
      aria-label="Switch between light and dark"
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
    >
      <Other size={16} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}

function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { user } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  return (
    <ActionMenu
      position="bottom-end"
      width={230}
      target={
        <button type="button" className={classes.user} aria-label={`Account of ${user.email}`}>
          {user.name.slice(0, 1).toUpperCase()}
        </button>
      }
      entries={[
        {
          kind: 'text',
          id: 'who',
          text: (
            <span className={classes.who}>
              <strong>{user.name}</strong>
              <span>{user.email}</span>
              <span>Role: {user.role}</span>
            </span>
          ),
        },
        { kind: 'line', id: 'after-who' },
        {
          kind: 'item',
          id: 'keys',
          label: 'Keys',
          left: <IconKeyboard size={14} aria-hidden />,
          right: <Kbd>?</Kbd>,
          onClick: onHelp,
        },
        {
          kind: 'item',
          id: 'theme',
          label: 'Theme of the system',
          left: <IconDeviceDesktop size={14} aria-hidden />,
          onClick: () => setColorScheme('auto'),
        },
        { kind: 'line', id: 'before-out' },
        {
          kind: 'item',
          id: 'out',
          label: 'Sign out',
          left: <IconLogout size={14} aria-hidden />,
          onClick: () => void signOut(),
        },
      ]}
    />
  );
}

/** The bar at the top. */
export function TopBar({ onHelp, onPalette }: { onHelp: () => void; onPalette: () => void }) {
  return (
    <header className={classes.bar}>
      <ProjectMenu />
      <div className={classes.right}>
        <button
          type="button"
          className={classes.search}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={onPalette}
        >
          <IconSearch size={14} aria-hidden />
          <span>Go to or do…</span>
          <Kbd>Ctrl K</Kbd>
        </button>
        <ThemeToggle />
        <UserMenu onHelp={onHelp} />
      </div>
    </header>
  );
}
