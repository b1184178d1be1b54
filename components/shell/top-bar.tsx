'use client';
// Project, palette, theme and user: what is the same on every page.
import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
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
import { signOut } from 'next-auth/react';
import { selectProject } from '@/server/console/actions/project';
import { Kbd } from '@/components/ui/kbd';
import { useSession } from './session';
import classes from './top-bar.module.css';

function ProjectMenu() {
  const { project, projects } = useSession();
  if (projects.length === 1) return <span className={classes.project}>{project.name}</span>;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.switch}>
          {project.name}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Projects</Menu.Label>
        {projects.map((other) => (
          <Menu.Item
            key={other.id}
            onClick={() => void selectProject(other.id)}
            rightSection={other.id === project.id ? <IconCheck size={14} aria-hidden /> : null}
          >
            {other.orgName} / {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const Other = scheme === 'dark' ? IconSun : IconMoon;
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
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`Account of ${user.email}`}>
          {user.name.slice(0, 1).toUpperCase()}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <span>{user.email}</span>
          <span>Role: {user.role}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={14} />} rightSection={<Kbd>?</Kbd>} onClick={onHelp}>
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktop size={14} />} onClick={() => setColorScheme('auto')}>
          Theme of the system
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={14} />}
          onClick={() => void signOut({ callbackUrl: '/sign-in' })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The bar at the top. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  return (
    <header className={classes.bar}>
      <ProjectMenu />
      <div className={classes.right}>
        <button type="button" className={classes.search} onClick={openSpotlight}>
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
