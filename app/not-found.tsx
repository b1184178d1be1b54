import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { Logo } from '@/components/ui/logo';
import classes from './frameless.module.css';

export default function NotFound() {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo />
        <EmptyState isPage title="There is no such page." action={<Link href="/">Go to the overview</Link>}>
          The address may be mistyped, or come from another version of Tidegate.
        </EmptyState>
      </div>
    </main>
  );
}
