import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import type { ShapePage } from '@/server/contract/api-reference';
import { FieldTable } from './field-table';

/** One named shape, field by field. */
export function ShapeView({ shape }: { shape: ShapePage }) {
  return (
    <>
      <PageHeader back={{ href: '/reference', label: 'API reference' }} title={shape.name} facts="Shape" />
      <Panel title="Fields" flush>
        <FieldTable label="Fields" lines={shape.fields} />
      </Panel>
    </>
  );
}
