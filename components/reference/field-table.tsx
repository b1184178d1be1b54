import { Link } from '@/components/ui/link';
import type { FieldLine } from '@/server/contract/api-reference';
import classes from './reference.module.css';

/** Fields or parameters, one a line; a named shape is a link to its own page. */
export function FieldTable({
  label,
  lines,
}: {
  label: string;
  lines: readonly (FieldLine & { place?: string })[];
}) {
  const hasPlace = lines.some(({ place }) => place !== undefined);
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.fields} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {hasPlace ? <th scope="col">In</th> : null}
            <th scope="col">Type</th>
            <th scope="col">Notes</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${index} ${line.name}`}>
              <th scope="row" className="tg-mono" style={{ paddingLeft: 12 + line.depth * 18 }}>
                {line.name}
                {line.required ? null : <span className={classes.optional}> optional</span>}
              </th>
              {hasPlace ? <td>{line.place}</td> : null}
              <td>
                {line.type}
                {line.shape === null ? null : (
                  <>
                    {' '}
                    <Link href={`/reference/shapes/${line.shape}`} className={classes.inText}>
                      {line.shape}
                    </Link>
                  </>
                )}
              </td>
              <td className={classes.note}>{line.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
