import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <main>
      <EmptyState title="There is no such page." action={<Link href="/">Go to the overview</Link>}>
        The address may be mistyped, or come from another version of Tidegate.
      </EmptyState>
    </main>
  );
}
